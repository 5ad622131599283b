/*
 * The table of known names, each with its letters as term_compact() gives
 * them.
 */
#pragma once

enum {
	KNOWN_PROVINCES = 58,
	KNOWN_CITIES = 6,
	KNOWN_TOWNS = 29,
	KNOWN_AGENCIES = 105,
	KNOWN_OF_PROVINCES = 22,
	KNOWN_OF_CITIES = 6,
};

struct known {
	const char *name, *compact;
};

extern const struct known known_provinces[KNOWN_PROVINCES];
extern const struct known known_cities[KNOWN_CITIES];
extern const struct known known_towns[KNOWN_TOWNS];
extern const struct known known_agencies[KNOWN_AGENCIES];
/* A province or a city follows. */
extern const struct known known_of_provinces[KNOWN_OF_PROVINCES];
extern const struct known known_of_cities[KNOWN_OF_CITIES];
