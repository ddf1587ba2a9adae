/* What the files that compute features share. The names are those of `model/features/`, and all
 * that stands there in tables is handed over by `compiled.py`. */

#ifndef ARTICLECLI_FEATURES_H
#define ARTICLECLI_FEATURES_H

#include "attributes.h"
#include "phrases.h"

/* The slots of `slots.AT` that are filled. */
#define SLOTS_USED(X)                                                                              \
    X(length) X(words) X(word_length) X(first) X(last) X(last_length) X(first_last) X(digits)      \
    X(capitals) X(punctuation) X(commas) X(stops) X(signs) X(shape) X(kind) X(level) X(gaps)       \
    X(copies) X(copy_length) X(rhythm) X(from_start) X(from_end) X(part) X(mass_before) X(near)    \
    X(wide) X(centre) X(likeness) X(page_title) X(period) X(shared) X(since_title) X(page_blocks)  \
    X(page_mass) X(page_long)
/* The ranges that measures are cut into. */
#define RANGES_USED(X)                                                                             \
    X(LENGTHS) X(WORDS) X(SHARES) X(COUNTS) X(PLACES) X(MASSES) X(PAGE_MASSES) X(LIKENESS)         \
    X(PARTS) X(SHARED) X(SINCE) X(DISTANCES)
/* Single numbers. */
#define NUMBERS_USED(X)                                                                            \
    X(SLOTS) X(CONCEPTS) X(HASHES) X(ROWS) X(MARKUP_HASHES) X(PAIRED) X(NEAR) X(WIDE) X(REACH)     \
    X(LONGEST_HEAD) X(LONGEST_PERIOD) X(NEAR_WORDS) X(FAR_WORDS)
/* Kinds of facts of the markup, each with the hash that it starts from. */
#define FACTS_USED(X)                                                                              \
    X(path) X(last) X(in) X(near) X(mark) X(part) X(linked) X(above) X(below) X(strong)            \
    X(declared) X(inline)

/* Attributes that are read, each of its class. */
#define NAMES_USED(X)                                                                              \
    X(BLOCK, text) X(BLOCK, gap) X(BLOCK, kind) X(BLOCK, level) X(BLOCK, markup)                   \
    X(EVIDENCE, width) X(EVIDENCE, count) X(EVIDENCE, hashed) X(EVIDENCE, unspaced)                \
    X(EVIDENCE, sentence) X(EVIDENCE, lower) X(EVIDENCE, key) X(EVIDENCE, concepts)                \
    X(MARKUP, path) X(MARKUP, marks) X(MARKUP, linked) X(MARKUP, strong) X(MARKUP, declared)       \
    X(MARKUP, inline)

#define AS_SLOT(name) AT_##name,
#define AS_RANGE(name) IN_##name,
#define AS_NUMBER(name) N_##name,
#define AS_FACT(name) FACT_##name,
#define AS_NAME(class, name) NAME_##name,
enum { SLOTS_USED(AS_SLOT) SLOT_COUNT };
enum { RANGES_USED(AS_RANGE) RANGE_COUNT };
enum { NUMBERS_USED(AS_NUMBER) NUMBER_COUNT };
enum { FACTS_USED(AS_FACT) FACT_COUNT };
enum { NAMES_USED(AS_NAME) NAME_COUNT };
enum { BLOCK, EVIDENCE, MARKUP, CLASSES };

#define MOST_RANGES 32
#define MOST_SIGNS 32
#define SHAPES 64 /* more than there are of a block, see `block_features` */

typedef struct {
    int count;
    double from[MOST_RANGES]; /* behind them stand numbers that are none: they bound nothing */
} Range;

typedef struct {
    char bytes[5];
    uint8_t size;
} Sign;

typedef struct {
    int32_t at[SLOT_COUNT];
    Range ranges[RANGE_COUNT];
    long numbers[NUMBER_COUNT];
    uint32_t facts[FACT_COUNT];
    uint8_t ascii_class[128];
    bool ends[256];      /* classes of the characters that end a sentence */
    PyObject *char_class; /* asked for all other characters */
    PyObject *kinds;      /* kind of a block → its number */
    int sign_count;
    Sign signs[MOST_SIGNS];
    bool begins_sign[256]; /* first bytes of signs */
    uint64_t variable;     /* see `hash_of` of words.c */
    PyObject *isupper, *istitle; /* names of methods */
    Attribute attributes[NAME_COUNT];
} Tables;

/* What is kept of a block while its page is looked at. */
typedef struct {
    PyObject *key;    /* bytes, owned */
    PyObject *packed; /* likewise: a line without its spaces, where its words are pairs */
    int64_t width, gap;
    bool sentence, unspaced;
    int shape;
    int32_t key_number;      /* equal for copies */
    Py_ssize_t content_end;  /* end of its words among `content` of the page */
    Py_ssize_t own_end;      /* end of its features among `own` of the page */
} Line;

/* The range that a value lies in, as `bisect_right` tells it. All bounds are looked at: where a search
 * ends, no processor can foresee. */
static inline int32_t range_of(const Tables *tables, int which, double value)
{
    const Range *range = &tables->ranges[which];
    int found = 0;
    for (int i = 0; i < range->count; i += 4) {
        const double *from = range->from + i;
        found += (from[0] <= value) + (from[1] <= value) + (from[2] <= value) + (from[3] <= value);
    }
    return found;
}

/* Bytes objects → numbers from 0 on, equal ones the same. The hash is Python's own, which nobody
 * who writes a page can foresee. */
typedef struct {
    Py_hash_t hash;
    PyObject *bytes; /* owned; NULL where the place is free */
    int32_t number;
} Entry;

typedef struct {
    Entry *entries;
    size_t room; /* a power of two, or 0 */
    int32_t used;
} Index;

typedef struct {
    Slice *items;
    Py_ssize_t used, room;
} Slices;

/* A word of a page; its text stands in the key of a line, or in what is packed of it. */
typedef struct {
    Slice text;
    Py_ssize_t block; /* the last one that has it, counted from 1 */
    uint32_t hash;
    int32_t next; /* in its chain */
} Word;

typedef struct {
    Word *items;
    Py_ssize_t used, room;
    int32_t *chains;
    size_t chain_count; /* a power of two, or 0 */
} Words;

/* A page while its features are found. */
typedef struct {
    const Tables *tables;
    Py_ssize_t count;
    Line *lines;
    Numbers own;     /* features of the blocks by themselves */
    Numbers content; /* numbers of the content words of each block */
    Slices slices;   /* words of the block at hand */
    Words words;     /* content words of all blocks */
    Index keys;
} Sheet;

int32_t number_of(Index *index, PyObject *bytes); /* -1 with an exception set */

/* An attribute; NULL, false with an exception set. */
static inline PyObject *get(const Tables *tables, PyObject *from, int name)
{
    return value_of(&tables->attributes[name], from);
}

/* words.c */
bool add_slice(Slices *to, const char *at, Py_ssize_t size);
bool split(Slice text, Slices *to);
bool find_words(Sheet *sheet, Line *line, PyObject *lower);
bool hash_words(const Tables *tables, const Slices *of, int64_t hashed, Numbers *to);
bool add_content(Sheet *sheet, Py_ssize_t i);
void free_words(Words *words);

bool block_features(Sheet *sheet, Py_ssize_t i, PyObject *block, PyObject *evidence);
bool context_features(const Sheet *sheet, PyObject *markups, Features *to);

/* The tags of a path, or the words of marks. Most begin as those of the block before do, and what
 * is known of a part stays. */
typedef struct {
    PyObject *text; /* in which the parts stand, owned; NULL where nothing stays */
    Slices parts;
    Numbers rows, near; /* of each part, -1 where it was not asked for; `near` of words alone */
} Parted;

/* Facts of the markup: what is remembered from block to block. */
typedef struct {
    Numbers shared;   /* rows of the place of the block before */
    uint32_t *stamps; /* of each row, when it was seen last */
    uint32_t stamp;
    PyObject *path, *marks; /* of the block at hand, owned; NULL where it has no markup */
    int above;              /* how like the one before it is, see `alike` */
    Parted tags, words;
} Places;

bool open_places(const Tables *tables, PyObject *markups, Places *places);
bool markup_features(const Tables *tables, PyObject *markups, Py_ssize_t i, Places *places,
                     Numbers *to);
void free_places(Places *places);

#endif
