/*
 * RAR 5: whether its files are encrypted, which libarchive does not say; it
 * would hand out what cannot be read as if it were the content.
 */
#pragma once
#include "base/bytes.h"

/* A single file is enough. False for anything that is no RAR 5. */
bool rar_is_encrypted(struct bytes content);
