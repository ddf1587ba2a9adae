/* Characters of a page's lines, as code points: places are counted in them, as in Python. */

#ifndef ARTICLECLI_CHARS_H
#define ARTICLECLI_CHARS_H

#include "core.h"

#define MOST_RANGES 32

/* A set of characters. */
typedef struct {
    bool ascii[128];
    int count; /* of the ranges beyond ASCII */
    struct {
        Py_UCS4 first, last;
    } wide[MOST_RANGES];
} Chars;

enum { ALPHA = 1, LOWER = 2, ALNUM = 4, NUMERAL = 8 }; /* the last: a number, and no digit */

bool fill_chars(Chars *to, PyObject *ranges); /* a tuple of texts: first and last of each range */
bool has_wide(const Chars *chars, Py_UCS4 c);

static inline bool has(const Chars *chars, Py_UCS4 c)
{
    return c < 128 ? chars->ascii[c] : has_wide(chars, c);
}

static inline bool is_digit(Py_UCS4 c)
{
    return c - '0' < 10;
}

static inline bool is_capital(Py_UCS4 c)
{
    return c - 'A' < 26;
}

/* What a character is, in bits; `ask` is asked beyond ASCII. -1 with an exception. */
int class_of(PyObject *ask, Py_UCS4 c);

/* What a function of Python says of a text; NULL with an exception. */
static inline PyObject *ask_of(PyObject *call, PyObject *text)
{
    return PyObject_CallFunctionObjArgs(call, text, NULL);
}

bool copy_calls(PyObject **to, int count, PyObject *tuple); /* owned from then on */
bool copy_sets(Chars *to, int count, PyObject *tuple);
bool copy_numbers(long *to, int count, PyObject *tuple);

#endif
