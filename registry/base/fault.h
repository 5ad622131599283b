/*
 * Faults on purpose. Every durable step calls fault_step() before and after
 * it; tests set SVB_FAULT_STEP=n to die (SIGKILL) at the n-th call, or
 * SVB_FAULT_COUNT=FILE to have the number of calls written at exit. Without
 * these variables a call costs one load.
 */
#pragma once

void fault_open(void); /* reads the environment; before the first thread */
void fault_step(const char *name);
