/*
 * Subjects: trích yếu as text.
 */
#pragma once

/* Past "V/v" and what stands between it and the subject. */
const char *subject_without_label(const char *text);
