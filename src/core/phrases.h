/* Runs of UTF-8, and the stock phrases that are looked for in them. */

#ifndef ARTICLECLI_PHRASES_H
#define ARTICLECLI_PHRASES_H

#include "core.h"

/* Part of a text. The texts are Python's own, so their UTF-8 is sound. */
typedef struct {
    const char *at;
    Py_ssize_t size;
} Slice;

#define MOST_WIDE 64
#define SHORT_LINE 160             /* characters up to which a line is looked at whole */
#define MOST_WORDS (SHORT_LINE + 1) /* that many it has at most */

/* A set of characters. */
typedef struct {
    bool ascii[128];
    int wide_count;
    uint32_t wide[MOST_WIDE]; /* their bytes, as one number */
} Set;

/* Part of the text of a book, and its number. */
typedef struct {
    uint32_t hash, at, size; /* no place is taken by an empty text: size 0 is a free one */
    int32_t value;
} Phrase;

#define MARK_BITS (1 << 15)

/* Text → a number. It never changes once it is filled. */
typedef struct {
    uint64_t marks[MARK_BITS / 64]; /* a bit for each text, see `mark_of`: most words have none */
    const char *text;
    Phrase *places;
    size_t room; /* a power of two */
    uint32_t longest; /* bytes of its longest text: most lines are longer */
} Book;

typedef struct {
    Book concepts, first, last;
    Numbers numbers; /* concepts of a phrase from its value on, up to -1 */
    PyObject *lines; /* the text of all three */
    Set edges, line_edges;
    long longest, shortest;
} Phrases;

static inline Py_ssize_t char_size(Slice text, Py_ssize_t at)
{
    unsigned char byte = (unsigned char)text.at[at];
    Py_ssize_t size = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    return size < text.size - at ? size : text.size - at;
}

/* Where the character before a place begins; the place is not the first. */
static inline Py_ssize_t char_before(Slice text, Py_ssize_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)text.at[at] & 0xC0) == 0x80);
    return at;
}

/* Bytes of the white space that a text begins with, as `str.isspace` tells it; 0 for other. */
static inline Py_ssize_t space_size(Slice text, Py_ssize_t at)
{
    const unsigned char *is = (const unsigned char *)text.at + at;
    Py_ssize_t left = text.size - at;
    if (is[0] < 0x80)
        return is[0] == ' ' || (is[0] >= 9 && is[0] <= 13) || (is[0] >= 0x1C && is[0] <= 0x1F);
    if (is[0] == 0xC2)
        return left > 1 && (is[1] == 0x85 || is[1] == 0xA0) ? 2 : 0;
    if (left < 3 || is[0] < 0xE1 || is[0] > 0xE3)
        return 0;
    if (is[0] == 0xE2 && is[1] == 0x80)
        return is[2] <= 0x8A || is[2] == 0xA8 || is[2] == 0xA9 || is[2] == 0xAF ? 3 : 0;
    return (is[0] == 0xE1 && is[1] == 0x9A && is[2] == 0x80) ||
                   (is[0] == 0xE2 && is[1] == 0x81 && is[2] == 0x9F) ||
                   (is[0] == 0xE3 && is[1] == 0x80 && is[2] == 0x80)
               ? 3
               : 0;
}

/* Bytes of the white space before a place; 0 for other. */
static inline Py_ssize_t space_before(Slice text, Py_ssize_t end)
{
    unsigned char last = (unsigned char)text.at[end - 1];
    if (last > ' ' && last < 0x80)
        return 0;
    Py_ssize_t at = char_before(text, end);
    return space_size(text, at) > 0 ? end - at : 0;
}

/* The last word of a text, as `str.split` finds it, which is taken off the text with all behind it;
 * false where there is none. */
static inline bool last_word(Slice *text, Slice *word)
{
    Py_ssize_t end = text->size, start, size;
    while (end > 0 && (size = space_before(*text, end)) > 0)
        end -= size;
    for (start = end; start > 0 && space_before(*text, start) == 0;)
        start--;
    *word = (Slice){text->at + start, end - start};
    text->size = start;
    return end > start;
}

bool slice_of(PyObject *string, Slice *to);
bool fill_set(Set *set, const char *of);
bool holds(const Set *set, Slice text, Py_ssize_t at);

/* The bit of a text that is not empty: its size, and its first, middle and last byte. */
static inline uint32_t mark_of(Slice text)
{
    const unsigned char *at = (const unsigned char *)text.at;
    uint32_t mixed = (uint32_t)text.size * 0x9E3779B1u + at[0] * 0x85EBCA77u +
                     at[text.size / 2] * 0xC2B2AE3Du + at[text.size - 1] * 0x27D4EB2Fu;
    return mixed >> 17;
}

Phrase *place_of(const Book *book, Slice text, uint32_t hash);
int32_t look(const Book *book, Slice text);

bool read_phrases(Phrases *to, PyObject *names, PyObject *lines);
void free_phrases(Phrases *phrases);
PyObject *match(const Phrases *phrases, Slice lower, bool unspaced);

#endif
