/*
 * Pictures: images in memory, decoded within limits. Leptonica's home.
 */
#pragma once
#include "base/bytes.h"
#include <leptonica/allheaders.h>

enum {
	PICTURE_PIXELS_MAX = 120 * 1000 * 1000
};

void picture_done(struct Pix **picture);
#define auto_picture __attribute__((cleanup(picture_done))) struct Pix

/* Before anything else: Leptonica keeps quiet. */
void picture_open(void);
/* Pages of a TIFF; 1 for other images, 0 for what is none. */
int picture_count(struct bytes content);
/* The page `number` (1, 2, …); NULL and a stable code. */
struct Pix *picture_read(struct bytes content, int number,
			 const char **ret_reason);
/* In tenths of a point, when its shorter side is that of A4. */
void picture_size(struct Pix *picture, int *ret_width, int *ret_height);
