/*
 * Files carried inside a program; the tables are made by scripts/embed.
 */
#pragma once

struct embedded_file {
	const char *name; /* relative path; NULL ends the table */
	const unsigned char *content;
	unsigned long size;
};

extern const struct embedded_file embedded_schema[];
extern const unsigned long embedded_schema_count;
extern const struct embedded_file embedded_assets[];
extern const unsigned long embedded_assets_count;
