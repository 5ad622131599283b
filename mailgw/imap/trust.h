/*
 * Trust: whom TLS believes and which versions it speaks; made once per
 * process family and shared by all connections.
 */
#pragma once
#include "base/fail.h"

struct trust;

/* The certificates of `ca_file` alone, or those of the system when NULL. */
struct trust *trust_create(const char *ca_file, struct fail *why);
void trust_destroy(struct trust **trust); /* accepts NULL, leaves NULL */
