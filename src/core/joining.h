/* Rows of a page, and what is asked of them while they become blocks. */

#ifndef ARTICLECLI_JOINING_H
#define ARTICLECLI_JOINING_H

#include "rows.h"

#define CALLS(X) X(row) X(block) X(no_mark) X(continues) X(block_of) X(page_words) X(verse_lines) \
    X(class_of)
#define SETS(X) X(terminal) X(closers) X(openers) X(hyphens) X(speech) X(verse_ends)
#define NUMBERS_USED(X) X(running) X(name) X(byline) X(many_hyphens) X(hyphen_share) \
    X(least_width) X(usual_width) X(most_width) X(address) X(near) X(least_full) X(full) X(going_on) X(verse) \
    X(stanza) X(poem)
#define NAMES(X) X(number) X(start) X(end) X(text) X(gap) X(mark) X(field) X(silent) X(cut) \
    X(resumes) X(joined) X(kind) X(level)
#define AS_AT(name) AT_##name,
#define AS_TEXT(name) #name,
enum { CALLS(AS_AT) CALL_COUNT };
enum { SETS(AS_AT) SET_COUNT };
enum { NUMBERS_USED(AS_AT) NUMBER_COUNT };
enum { NAMES(AS_AT) NAME_COUNT };

#define UNSPACED 0x2E80 /* as in `text/scripts.py` */
#define ASK 2           /* neither yes nor no: Python is to tell */

typedef struct {
    PyObject *calls[CALL_COUNT], *names[NAME_COUNT], *space, *empty;
    Chars sets[SET_COUNT];
    long numbers[NUMBER_COUNT];
} Joiner;

typedef struct {
    const Joiner *joiner;
    const Row *rows;
    Py_ssize_t count;
    PyObject *list; /* the rows, as Python has them; NULL where they are the core's own */
    PyObject *run;  /* those of a run that Python was asked about: from one place to another */
    Py_ssize_t run_start, run_end;
    long width; /* -1 for none */
    PyObject *known, *verse, *blocks;
} Page;

/* joining.c; ASK where Python is to tell, -1 with an exception */
int is_of_class(const Joiner *joiner, Py_UCS4 c, int class);
int ends_inside_word(const Joiner *joiner, const Row *row, const Row *after);
int continues(const Page *page, Py_ssize_t start, Py_ssize_t i, bool silent);
bool page_width(Page *page); /* fills `width`; false with an exception */
int is_hyphenated(const Page *page, bool all);

#endif
