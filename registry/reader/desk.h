/*
 * The desk: takes one request after another from the socket, with the content
 * and the memory for the result, and says how it went.
 *
 *   request  {"kind":"mail","size":N,"room":M,"answer":K}
 *            + two descriptors: the letter (N bytes, read-only) and shared
 *            memory of M + K bytes: the parts, then the answer in JSON
 *            or {"kind":"file",…,"name":"…","recognise":false}: any file, a
 *            name for people and whether scans are recognised
 *            or {"kind":"page",…,"page":1,"width":1000}: room holds the image
 *            of one page then
 *   reply    {"size":J}: J bytes of JSON are at M; or
 *            {"kind":"limit","reason":"…"}; a file that takes too long or too
 *            much memory has an answer too, and ends the process
 */
#pragma once
#include "base/fail.h"

enum {
	DESK_MESSAGE_MAX = 4096
};

/* Until the other side closes. */
bool desk_run(int socket, struct fail *why);
