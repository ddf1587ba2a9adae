/* What the files that count a page share; the names are those of `model/page_counts.py`. */

#ifndef ARTICLECLI_COUNTS_H
#define ARTICLECLI_COUNTS_H

#include "attributes.h"
#include "phrases.h"

#define MOST_CURRENCIES 16

/* A class, and an attribute of it. */
#define ATTRIBUTES_USED(X)                                                                         \
    X(BLOCK, text) X(BLOCK, kind) X(BLOCK, markup) X(MARKUP, linked) X(MARKUP, marks)              \
    X(EVIDENCE, lower) X(EVIDENCE, key) X(EVIDENCE, words) X(EVIDENCE, count) X(EVIDENCE, width)   \
    X(EVIDENCE, unspaced)                                                                          \
    X(EVIDENCE, sentence) X(EVIDENCE, concepts) X(VERDICT, zone) X(VERDICT, confidence)
#define SIZES_USED(X)                                                                              \
    X(WORDS) X(SHORT) X(HEADLINE) X(LONG) X(MOST_WORDS) X(MOST_MARKS) X(NEAREST) X(WHOLE)
#define AS_PLACE(class, name) AT_##name,
#define AS_SIZE(name) N_##name,
enum { BLOCK, EVIDENCE, VERDICT, MARKUP, CLASSES };
enum { ATTRIBUTES_USED(AS_PLACE) ATTRIBUTE_COUNT };
enum { SIZES_USED(AS_SIZE) SIZE_COUNT };
enum { STORY = 1, ENDS = 2 };

typedef struct {
    PyObject *make, *has_price;
    PyObject *zones[ZONES];
    uint8_t roles[ZONES];
    int boilerplate;
    PyObject *currency_texts; /* owns what `currencies` points at */
    Slice currencies[MOST_CURRENCIES];
    int currency_count;
    bool begins_currency[256];
    double half;
    long sizes[SIZE_COUNT];
    Attribute at[ATTRIBUTE_COUNT];
} Counting;

/* Numbers of words, each once. */
typedef struct {
    PyObject *found; /* a set of the words themselves */
    uint8_t *numbers;
    bool full;
} Words;

#define MARK_PLACES 1024 /* for a few hundred class names */

typedef struct {
    uint32_t hash;
    Slice text; /* at NULL where the place is free */
} Mark;

/* Numbers of class names, each once. */
typedef struct {
    Mark places[MARK_PLACES];
    long used;
    uint32_t start; /* of their sums: that of what is set before each */
    Slice before;   /* those of the block before */
    PyObject *texts; /* a list of what the slices point at */
    uint8_t *numbers;
    bool full;
} Marks;

/* The numbers of `Counts`, in its order from `story_best` on. */
typedef struct {
    int64_t widths[ZONES], blocks[ZONES];
    int64_t story_best, story_longest;
    int64_t text, text_best, text_longest, text_long, shorts, heads, days, prices, copies;
    int64_t tagged, tagged_width, linked, linked_heads, free;
    int64_t characters;
    double sure;
    int64_t found, told;
    int64_t story_run, text_run;
    PyObject *kind; /* of the blocks seen last */
    int64_t of_kind;
    PyObject *kinds, *phrases, *keys;
    Words words;
    Marks *marks; /* of a page with any */
} Page;

/* page_words.c: each is false with an exception set */
bool add_words(const Counting *tables, Words *to, PyObject *own, uint32_t start, long most);
Marks *new_marks(long words);
void free_marks(Marks *marks); /* may be NULL */
bool add_marks(const Counting *tables, Marks *to, PyObject *markup);
PyObject *numbers_of(const uint8_t *numbers, long count);

#endif
