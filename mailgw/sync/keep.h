/*
 * Keeping: in a personal mailbox, whether a letter looks like it carries a
 * document. When in doubt it does.
 */
#pragma once
#include "base/bytes.h"

/* `letter` is the whole letter as it came. */
bool keep_has_document(struct bytes letter);
