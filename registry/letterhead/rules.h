/*
 * Rules: one per field; each looks at the sheet and adds what it proposes.
 * Their order is that of letterhead.c: later ones use what earlier ones found.
 */
#pragma once
#include "letterhead/sheet.h"

void number_propose(struct sheet *sheet);
void day_propose(struct sheet *sheet);	  /* and the place */
void issuer_propose(struct sheet *sheet); /* and the agency above it */
void type_propose(struct sheet *sheet);
void subject_propose(struct sheet *sheet);
void signer_propose(struct sheet *sheet); /* with position and capacity */
void urgency_propose(struct sheet *sheet);
void addressee_propose(struct sheet *sheet);
void recipient_propose(struct sheet *sheet);
void cited_propose(struct sheet *sheet);
void due_day_propose(struct sheet *sheet);
/* "MẬT", "TỐI MẬT", "TUYỆT MẬT"; NULL. */
const char *secret_find(const struct sheet *sheet);
/* Of 1,000: how much this looks like an official document. */
int likeness_of(const struct sheet *sheet);
/* A recognised number is put right by type, agency and "Lưu". */
void repair_apply(struct sheet *sheet);
/* Fields that speak for or against each other change their confidence. */
void agreement_apply(struct sheet *sheet);
