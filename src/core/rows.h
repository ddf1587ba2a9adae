/* Rows of a page: the core's own, where no pass has to change them, or Python's. */

#ifndef ARTICLECLI_ROWS_H
#define ARTICLECLI_ROWS_H

#include "chars.h"

typedef enum { PLAIN, HEADING, LIST_ITEM, QUOTE, TABLE, CODE, OTHER } Kind;

/* What `Row` of `blocks/rows.py` has. */
typedef struct {
    PyObject *number, *start, *end, *text, *gap, *mark, *field, *resumes; /* all owned */
    Py_ssize_t length, width, blank_lines;
    Py_UCS4 first, last;
    Kind kind; /* of its mark; PLAIN where it has none */
    bool silent, cut, joined, told;
} Row;

typedef struct {
    Row *items;
    Py_ssize_t count, room;
} Rows;

extern const char ROWS[]; /* name of the capsule */

Row *new_row(Rows *rows); /* an empty one at their end; NULL with an exception */
void free_rows(Rows *rows); /* what they hold */
int kind_of(PyObject *mark, PyObject *no_mark); /* -1 with an exception */
PyObject *python_row(PyObject *class, const Row *row); /* of one that no pass has changed */
PyObject *python_rows(PyObject *class, const Rows *rows);

#endif
