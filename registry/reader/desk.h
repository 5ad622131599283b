/*
 * The desk: takes one request after another from the socket, with the letter
 * and the memory for the result, and says how it went.
 *
 *   request  {"kind":"mail","size":N,"room":M,"answer":K}
 *            + two descriptors: the letter (N bytes, read-only) and shared
 *            memory of M + K bytes: the parts, then the answer in JSON
 *   reply    {"size":J}: J bytes of JSON are at M; or
 *            {"kind":"limit","reason":"…"}
 */
#pragma once
#include "base/fail.h"

enum {
	DESK_MESSAGE_MAX = 4096
};

/* Until the other side closes. */
bool desk_run(int socket, struct fail *why);
