/* Beside `blocks/source.py` and `read/encoding.py`: what a page's text tells before it is parsed. */

#include "phrases.h"
#include <string.h>

#define MOST_SOUGHT 16
#define KEY 4   /* letters by which words are looked for */
#define RUN 256 /* bytes that are looked through at once */

/* A tag, and where something must stand in one of its attributes, which and what. */
typedef struct {
    Slice tag, attribute, inside[MOST_SOUGHT];
    Py_ssize_t count;
} SoughtTag;

/* Words that hold a key, and where in each it stands. */
typedef struct {
    Slice key, words[MOST_SOUGHT];
    Py_ssize_t places[MOST_SOUGHT], count;
} SoughtWords;

typedef struct {
    const char *end;
    SoughtTag tags[MOST_SOUGHT];
    SoughtWords words[MOST_SOUGHT];
    Py_ssize_t tag_count, word_count;
    Py_ssize_t left; /* bytes of attributes that may be looked at: tags inside tags are no end */
    bool first[32];  /* letters that tags begin with */
} Sought;

static bool starts(const char *at, const char *end, Slice word)
{
    if (end - at < word.size)
        return false;
    for (Py_ssize_t i = 0; i < word.size; i++) {
        char byte = at[i];
        if ((byte >= 'A' && byte <= 'Z' ? byte + 32 : byte) != word.at[i])
            return false;
    }
    return true;
}

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r' && byte != '\v');
}

static bool ends_name(char byte)
{
    return is_space(byte) || byte == '/' || byte == '>';
}

/* Where the next attribute of a tag begins, or what is no attribute. */
static const char *skip_gap(const char *at, const char *end)
{
    while (at < end && (is_space(*at) || *at == '/'))
        at++;
    return at;
}

/* The attribute that begins at a place, as a parser reads it, and where it ends. */
static const char *read_attribute(const char *at, const char *end, Slice *name, Slice *value)
{
    *name = *value = (Slice){at, 0};
    at++; /* a name may begin with `=` */
    while (at < end && !ends_name(*at) && *at != '=')
        at++;
    name->size = at - name->at;
    while (at < end && is_space(*at))
        at++;
    if (at == end || *at != '=')
        return at;
    at++;
    while (at < end && is_space(*at))
        at++;
    value->at = at;
    if (at < end && (*at == '"' || *at == '\'')) {
        const char *last = memchr(at + 1, *at, (size_t)(end - at - 1));
        *value = (Slice){at + 1, (last ? last : end) - at - 1};
        return last ? last + 1 : end;
    }
    while (at < end && !is_space(*at) && *at != '>')
        at++;
    value->size = at - value->at;
    return at;
}

/* Whether a tag may hold what is looked for; `at` is behind its name. */
static bool may_hold(Sought *sought, const SoughtTag *tag, const char *at)
{
    const char *begun = at;
    Slice name, value;
    if (tag->attribute.size == 0)
        return true;
    for (;; begun = at) {
        at = skip_gap(at, sought->end);
        bool more = at < sought->end && *at != '>';
        if (more)
            at = read_attribute(at, sought->end, &name, &value);
        sought->left -= at - begun;
        if (sought->left < 0)
            return true;
        if (!more)
            return false;
        if (name.size != tag->attribute.size || !starts(name.at, sought->end, tag->attribute))
            continue;
        for (Py_ssize_t i = 0; i < value.size; i++)
            for (Py_ssize_t k = 0; k < tag->count; k++)
                if (starts(value.at + i, value.at + value.size, tag->inside[k]))
                    return true;
    }
}

static long tags_at(Sought *sought, const char *at, long found)
{
    for (Py_ssize_t i = 0; i < sought->tag_count; i++) {
        const SoughtTag *tag = &sought->tags[i];
        const char *behind = at + tag->tag.size;
        if (!(found >> i & 1) && starts(at, sought->end, tag->tag) &&
            (behind == sought->end || ends_name(*behind)) && may_hold(sought, tag, behind))
            found |= 1L << i;
    }
    return found;
}

/* Whether a key begins in a run of bytes; a compiler makes one step of many of these. */
static bool holds_key(const char *at, const char *key)
{
    uint8_t any = 0;
    for (int i = 0; i < RUN; i++)
        any |= ((at[i] | 32) == key[0]) & ((at[i + 1] | 32) == key[1]) &
               ((at[i + 2] | 32) == key[2]) & ((at[i + 3] | 32) == key[3]);
    return any;
}

static bool holds_word(Slice text, const SoughtWords *sought)
{
    const char *end = text.at + text.size;
    for (const char *at = text.at; at < end; at += RUN) {
        if (end - at >= RUN + KEY && !holds_key(at, sought->key.at))
            continue;
        for (const char *in = at; in < end && in < at + RUN; in++) {
            if (!starts(in, end, sought->key))
                continue;
            for (Py_ssize_t i = 0; i < sought->count; i++)
                if (in - text.at >= sought->places[i] &&
                    starts(in - sought->places[i], end, sought->words[i]))
                    return true;
        }
    }
    return false;
}

/* Tags as tuples: tag, attribute, what stands in it. */
static bool read_tags(Sought *to, PyObject *tags)
{
    to->tag_count = PyTuple_Size(tags);
    if (to->tag_count > MOST_SOUGHT) {
        PyErr_SetString(PyExc_ValueError, "few tags are looked for at once");
        return false;
    }
    for (Py_ssize_t i = 0; i < to->tag_count; i++) {
        SoughtTag *tag = &to->tags[i];
        PyObject *inside, *one = PyTuple_GetItem(tags, i);
        if (!PyTuple_Check(one)) {
            PyErr_SetString(PyExc_TypeError, "a tag is told in a tuple");
            return false;
        }
        if (!PyArg_ParseTuple(one, "s#s#O!", &tag->tag.at, &tag->tag.size, &tag->attribute.at,
                              &tag->attribute.size, &PyTuple_Type, &inside))
            return false;
        tag->count = PyTuple_Size(inside);
        if (tag->tag.size == 0 || tag->count > MOST_SOUGHT) {
            PyErr_SetString(PyExc_ValueError, "a tag has a name, and few words");
            return false;
        }
        for (Py_ssize_t k = 0; k < tag->count; k++)
            if (!slice_of(PyTuple_GetItem(inside, k), &tag->inside[k]))
                return false;
        to->first[tag->tag.at[0] & 31] = true;
    }
    return true;
}

/* Where a key stands in a word, -1 with an exception. */
static Py_ssize_t place_of_key(Slice word, Slice key)
{
    for (Py_ssize_t at = 0; at + key.size <= word.size; at++)
        if (memcmp(word.at + at, key.at, (size_t)key.size) == 0)
            return at;
    PyErr_SetString(PyExc_ValueError, "a key stands in its words");
    return -1;
}

/* Words as tuples: the four letters that are looked for, the words that hold them. */
static bool read_words(Sought *to, PyObject *words)
{
    to->word_count = PyTuple_Size(words);
    for (Py_ssize_t i = 0; i < to->word_count && i < MOST_SOUGHT; i++) {
        SoughtWords *own = &to->words[i];
        PyObject *inside, *one = PyTuple_GetItem(words, i);
        if (!PyTuple_Check(one)) {
            PyErr_SetString(PyExc_TypeError, "words are told in a tuple");
            return false;
        }
        if (!PyArg_ParseTuple(one, "s#O!", &own->key.at, &own->key.size, &PyTuple_Type, &inside))
            return false;
        own->count = PyTuple_Size(inside);
        if (own->key.size != KEY || own->count > MOST_SOUGHT) {
            PyErr_SetString(PyExc_ValueError, "a key has four letters, and few words");
            return false;
        }
        for (Py_ssize_t k = 0; k < own->count; k++)
            if (!slice_of(PyTuple_GetItem(inside, k), &own->words[k]) ||
                (own->places[k] = place_of_key(own->words[k], own->key)) < 0)
                return false;
    }
    if (to->word_count > MOST_SOUGHT)
        PyErr_SetString(PyExc_ValueError, "few words are looked for at once");
    return to->word_count <= MOST_SOUGHT;
}

/* source(page, tags, words) → (deepest, options, tags that it may hold, keys of which it has a word),
 * the last two as sets of bits. */
PyObject *core_source(PyObject *module, PyObject *args)
{
    PyObject *page, *tags, *words;
    Py_ssize_t depth = 0, deepest = 0, options = 0;
    long found = 0, held = 0;
    Sought sought;
    Slice text;
    (void)module;
    memset(&sought, 0, sizeof sought);
    if (!PyArg_ParseTuple(args, "UO!O!", &page, &PyTuple_Type, &tags, &PyTuple_Type, &words) ||
        !slice_of(page, &text) || !read_tags(&sought, tags) || !read_words(&sought, words))
        return NULL;
    sought.end = text.at + text.size;
    sought.left = text.size; /* twice as much is there only where a tag begins inside a tag */
    const char *next = text.at;
    while ((next = memchr(next, '<', (size_t)(sought.end - next))) != NULL) {
        next++; /* a text ends in a NUL */
        bool slash = *next == '/';
        char first = (char)(next[slash] | 0x20);
        if (first < 'a' || first > 'z')
            continue;
        depth += slash ? -1 : 1;
        deepest = depth > deepest ? depth : deepest;
        if (slash)
            continue;
        options += strncmp(next, "opt", 3) == 0 || strncmp(next, "OPT", 3) == 0;
        if (sought.first[first & 31])
            found = tags_at(&sought, next, found);
    }
    for (Py_ssize_t i = 0; i < sought.word_count; i++)
        held |= (long)holds_word(text, &sought.words[i]) << i;
    return Py_BuildValue("(nnll)", deepest, options, found, held);
}

/* odd_signs(text) → (NULs, characters U+FFFD, signs that begin mojibake), counted. */
PyObject *core_odd_signs(PyObject *module, PyObject *string)
{
    Py_ssize_t nuls = 0, bad = 0, begun = 0;
    Slice text;
    (void)module;
    if (!PyUnicode_Check(string)) {
        PyErr_SetString(PyExc_TypeError, "a text is looked through");
        return NULL;
    }
    if (!slice_of(string, &text))
        return NULL;
    nuls = memchr(text.at, 0, (size_t)text.size) != NULL;
    const unsigned char *at = (const unsigned char *)text.at, *end = at + text.size;
    while (at < end) {
        uint64_t eight;
        if (*at < 0x80) {
            at++;
            while (end - at >= 8 && (memcpy(&eight, at, 8), !(eight & 0x8080808080808080u)))
                at += 8;
            continue;
        }
        if (*at == 0xC3 && end - at > 2) {
            unsigned char sign = at[1];
            bool begins = sign == 0x82 || sign == 0x83 || sign == 0x90 || sign == 0xA2 || sign == 0xAF;
            begun += begins && (at[2] >= 0x80 || at[2] == ' ');
        }
        bad += *at == 0xEF && end - at > 2 && at[1] == 0xBF && at[2] == 0xBD;
        at += *at < 0xE0 ? 2 : *at < 0xF0 ? 3 : 4;
    }
    return Py_BuildValue("(nnn)", nuls, bad, begun);
}
