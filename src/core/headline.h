/* What the files that look for the headline share; the names are those of `model/headline.py`. */

#ifndef ARTICLECLI_HEADLINE_H
#define ARTICLECLI_HEADLINE_H

#include "attributes.h"
#include "phrases.h"

#define MOST 128 /* candidates, blocks that may be one, and blocks of the story that are looked at */
#define MOST_TRAITS 512
#define MOST_STEPS 16   /* at which a new range begins */
#define MOST_TEXTS 16   /* signs, tags */
#define MOST_ENDS 32

/* A class, and an attribute of it. */
#define ATTRIBUTES_USED(X)                                                                         \
    X(BLOCK, text) X(BLOCK, kind) X(BLOCK, level) X(BLOCK, markup)                                 \
    X(EVIDENCE, lower) X(EVIDENCE, key) X(EVIDENCE, count) X(EVIDENCE, unspaced)                   \
    X(EVIDENCE, concepts) X(VERDICT, zone) X(VERDICT, scores) X(VERDICT, unit)                     \
    X(MARKUP, path) X(MARKUP, marks) X(MARKUP, linked) X(MARKUP, hidden) X(MARKUP, declared)
/* In the order of `GROUPS`. */
#define GROUPS_USED(X)                                                                             \
    X(margin) X(order) X(zone) X(place) X(words) X(story) X(often) X(end) X(start) X(sign) X(form) \
    X(copies) X(first) X(next) X(above) X(mark) X(tag)
#define SIZES_USED(X) X(CANDIDATES) X(ABOVE) X(BELOW) X(LONGEST) X(STORY) X(WHOLE) X(TITLE)
#define LIMITS_USED(X) X(REACH) X(CLOSE) X(STRONG) X(HALF)
#define STEPS_USED(X) X(MARGINS) X(DISTANCES) X(COUNTS) X(SHARES)
#define AS_PLACE(class, name) AT_##name,
#define AS_GROUP(name) OF_##name,
#define AS_SIZE(name) N_##name,
#define AS_LIMIT(name) LIMIT_##name,
#define AS_STEPS(name) IN_##name,
enum { BLOCK, EVIDENCE, VERDICT, MARKUP, CLASSES };
enum { ATTRIBUTES_USED(AS_PLACE) ATTRIBUTE_COUNT };
enum { GROUPS_USED(AS_GROUP) GROUP_COUNT };
enum { SIZES_USED(AS_SIZE) SIZE_COUNT };
enum { LIMITS_USED(AS_LIMIT) LIMIT_COUNT };
enum { STEPS_USED(AS_STEPS) STEPS_COUNT };

typedef struct {
    int count;
    double from[MOST_STEPS];
} Range;

typedef struct {
    int count;
    Slice items[MOST_TEXTS];
    bool begins[256]; /* first bytes of them */
} Texts;

typedef struct {
    PyObject *kept;    /* the arguments, which own all that is pointed at */
    PyObject *zones;
    PyObject *ask_case; /* how a text begins, and whether it is of capitals */
    PyObject *kind;    /* of a heading */
    PyObject *declared;
    bool is_story[ZONES];
    int weight_count;
    int32_t weights[MOST_TRAITS];
    int of[GROUP_COUNT];
    long sizes[SIZE_COUNT];
    double limits[LIMIT_COUNT];
    Range ranges[STEPS_COUNT];
    Texts signs, tags, marks;
    int end_count;
    struct {
        Py_UCS4 sign;
        int number;
    } ends[MOST_ENDS];
    Attribute at[ATTRIBUTE_COUNT];
} Headlines;

/* What the model gives a block. */
typedef struct {
    bool any;
    int64_t title, rest; /* `rest` is the best of the other zones */
    double unit;
} Row;

/* The words of a block, one after the other. */
typedef struct {
    PyObject *owner; /* of the text */
    char *packed;    /* the text without its spaces, where words are pairs of characters */
    Slice text;
    Py_ssize_t next;
} Reader;

typedef struct {
    Slice text; /* at NULL where the place is free */
    uint32_t hash;
    bool told, often; /* by blocks of the story */
    Py_ssize_t seen;  /* what was looked at last of all that has it */
} Word;

typedef struct {
    Word *places;
    size_t room;       /* a power of two */
    Numbers of_member; /* places of the words of each candidate, each once */
} Words;

typedef struct {
    Py_ssize_t at; /* which block */
    PyObject *key;
    Slice key_text;
    Reader reader;
    Py_ssize_t words_end; /* in `of_member` */
    int copies;
} Member;

typedef struct {
    const Headlines *tables;
    PyObject *blocks, *evidence, *verdicts; /* tuples of one length */
    Py_ssize_t count;
    Py_ssize_t story[MOST], start; /* the first blocks of the story, and the very first */
    int story_count;
    Member members[MOST];
    int member_count;
    Words words;
} Scene;

/* headline.c */
int zone_of(const Headlines *tables, PyObject *verdict); /* its number; -1 with an exception */
bool read_row(const Headlines *tables, PyObject *verdict, Row *to);
Py_ssize_t start_of(const Headlines *tables, PyObject *verdicts);
bool of_one_length(PyObject *blocks, PyObject *others);

/* headline_words.c: each is false with an exception set */
bool open_members(Scene *scene, PyObject *members);
bool read_members(Scene *scene);
bool read_story(Scene *scene);
bool count_copies(Scene *scene);
void close_words(Reader *reader);

extern const char HEADLINES[];

#endif
