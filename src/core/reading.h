/* A page while its rows are read, and what the passes over them would see. */

#ifndef ARTICLECLI_READING_H
#define ARTICLECLI_READING_H

#include "rows.h"

/* Bits of what a page has; `blocks/passes.py` has the same. */
enum {
    MAIL = 1,
    QUOTES = 2,
    COLUMNS = 4,
    NUMBERS = 8,
    CELLS = 16,
    GLUED = 32,
    ONE_LINE = 64,
    SHEETS = 128
};

#define CALLS(X) X(no_mark) X(shown) X(bullet) X(columns) X(shape_of) X(grid_of) X(sheet_number) \
    X(class_of) X(is_code) X(code_words)
#define SETS(X) X(white) X(odd) X(bullets) X(signs) X(cell_ends)
#define NUMBERS_USED(X) X(widest) X(cell) X(cell_rows) X(widest_grid) X(head_rows) \
    X(least_head) X(most_head) X(head_spaces) X(least_glued) X(end) X(one_line) X(longest) X(share) \
    X(sheet_line) X(sheet)
#define AS_AT(name) AT_##name,
enum { CALLS(AS_AT) CALL_COUNT };
enum { SETS(AS_AT) SET_COUNT };
enum { NUMBERS_USED(AS_AT) NUMBER_COUNT };

#define KINDS (1 << 16) /* characters of which the kind stands in a table */
#define HEADS 128 /* rows at most in which headlines are looked for */

typedef struct {
    PyObject *calls[CALL_COUNT];
    Chars sets[SET_COUNT];
    long numbers[NUMBER_COUNT];
    uint8_t kinds[KINDS];
} Reader;

enum { WHITE = 1, ODD = 2, AND = 4, SIGN = 8, STRONG = 16, SEMICOLON = 32 };

/* What only the passes see of a row. */
typedef struct {
    uint64_t head, tail; /* of its text, hashed */
    Py_ssize_t spaces;
    char shape;
    bool numbered, digit;
} Line;

typedef struct {
    const Reader *reader;
    PyObject *text, *code;
    Py_UCS4 *chars; /* of the line that is read */
    Py_ssize_t room;
    Rows *rows;
    Line *lines; /* one a row */
    Py_ssize_t lines_room, gap, longest, sum;
    int signs;
} Page;

/* passes.c */
bool look_at_row(Page *page, const Row *row, Line *line, const Py_UCS4 *at, int kinds);
bool look_at_page(Page *page);

#endif
