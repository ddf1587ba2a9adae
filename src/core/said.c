/* Beside `blocks/said.py`: which lines say what the head of their page declares. */

#include "phrases.h"
#include <stdlib.h>
#include <string.h>

#define MOST_AUTHORS 64
#define KNOWN 512      /* places of characters beyond ASCII whose small letter is known */
#define MOST_ASKED 200 /* characters that Python is asked about; then it is asked for whole lines */
#define LONGEST 512    /* bytes of a text that is looked for here */
#define PATIENCE (1 << 23) /* steps through the body; then its texts are sorted */

enum { HEADLINE = 1, DESCRIPTION = 2, BODY = 4, AUTHOR = 8 };

/* A character beyond ASCII, as a number of its bytes, and what `letters` makes of it. */
typedef struct {
    uint32_t is;
    char small[4];
    uint8_t size; /* 0 of a sign */
    bool alone;   /* it becomes that whatever stands beside it */
} Letter;

/* A text, and how far one looks on behind each byte that ends a part of it (Horspool, 1980). */
typedef struct {
    Slice is;
    uint16_t shift[256];
} Needle;

typedef struct {
    PyObject *letters, *whole; /* the function; the description, in which long texts are looked for */
    Slice headline, title, description, body;
    Needle begun_description, authors[MOST_AUTHORS];
    Py_ssize_t author_count, telling, begun, running, signed_, certain;
    Letter known[KNOWN];
    int asked;
    char small[128]; /* of ASCII: the small letter or the figure, 0 of a sign */
    char *line; /* the letters of a line; none takes more than twice the bytes of its capital */
    Py_ssize_t steps, sorted_count; /* steps taken through the body */
    Slice *sorted;                  /* what begins at each character of the body, once it is asked */
} Said;

/* The needle is not empty. */
static void make_needle(Needle *to, Slice is)
{
    Py_ssize_t most = is.size < UINT16_MAX ? is.size : UINT16_MAX;
    to->is = is;
    for (int i = 0; i < 256; i++)
        to->shift[i] = (uint16_t)most;
    for (Py_ssize_t i = is.size - most; i + 1 < is.size; i++)
        to->shift[(unsigned char)is.at[i]] = (uint16_t)(is.size - 1 - i);
}

/* `steps` are counted, where it is not NULL. */
static bool holds_needle(Slice text, const Needle *needle, Py_ssize_t *steps)
{
    Py_ssize_t size = needle->is.size, unused = 0, *count = steps ? steps : &unused;
    char last = needle->is.at[size - 1];
    for (Py_ssize_t at = 0; at + size <= text.size; ++*count) {
        char end = text.at[at + size - 1];
        if (end == last && memcmp(text.at + at, needle->is.at, (size_t)size) == 0)
            return true;
        at += needle->shift[(unsigned char)end];
    }
    return false;
}

/* The first characters of a text, as far as a needle may reach. */
static Slice begin(Slice text, Py_ssize_t chars)
{
    Py_ssize_t at = 0;
    for (; chars > 0 && at < text.size && at + char_size(text, at) <= LONGEST; chars--)
        at += char_size(text, at);
    return (Slice){text.at, at};
}

/* `letters` of a text that is not yet one; NULL with an exception. */
static PyObject *ask_letters(const Said *said, Slice of)
{
    PyObject *text = PyUnicode_FromStringAndSize(of.at, of.size), *told = NULL;
    if (text != NULL)
        told = PyObject_CallFunctionObjArgs(said->letters, text, NULL);
    Py_XDECREF(text);
    return told;
}

/* What a character beyond ASCII becomes; NULL with an exception. */
static const Letter *letter_of(Said *said, Slice one)
{
    Slice small;
    uint32_t number = 0;
    for (Py_ssize_t i = 0; i < one.size; i++)
        number = number << 8 | (unsigned char)one.at[i];
    Letter *letter = &said->known[(number * 2654435761u >> 16) % KNOWN];
    if (letter->is == number)
        return letter;
    said->asked++;
    PyObject *told = ask_letters(said, one);
    Py_ssize_t chars = told ? PyUnicode_GetLength(told) : -1;
    bool fine = chars >= 0 && slice_of(told, &small);
    if (fine) {
        *letter = (Letter){.is = number};
        /* A capital sigma becomes another letter at the end of a word. */
        letter->alone = chars <= 1 && small.size <= 4 && number != 0xCEA3;
        letter->size = letter->alone ? (uint8_t)small.size : 0;
        memcpy(letter->small, small.at, letter->size);
    }
    Py_XDECREF(told);
    return fine ? letter : NULL;
}

/* `letters` of a line, and how many they are: 1, 0 where Python is to be asked, -1 with an
 * exception. */
static int read_letters(Said *said, Slice line, Slice *to, Py_ssize_t *count)
{
    char *out = said->line;
    Py_ssize_t more = 0; /* bytes beyond the first of each character */
    for (Py_ssize_t at = 0; at < line.size;) {
        unsigned char byte = (unsigned char)line.at[at];
        if (byte < 0x80) {
            *out = said->small[byte]; /* written, and kept if it is one */
            out += *out != 0;
            at++;
            continue;
        }
        if (said->asked > MOST_ASKED)
            return 0;
        Slice one = {line.at + at, char_size(line, at)};
        const Letter *letter = letter_of(said, one);
        if (letter == NULL || !letter->alone)
            return letter == NULL ? -1 : 0;
        for (uint8_t i = 0; i < letter->size; i++)
            *out++ = letter->small[i];
        more += letter->size > 0 ? letter->size - 1 : 0;
        at += one.size;
    }
    *to = (Slice){said->line, out - said->line};
    *count = to->size - more;
    return 1;
}

/* Whether the description holds a text; -1 with an exception. */
static int in_description(const Said *said, Slice text)
{
    Needle begins;
    make_needle(&begins, begin(text, text.size));
    if (!holds_needle(said->description, &begins, NULL))
        return 0;
    if (begins.is.size == text.size)
        return 1;
    PyObject *all = PyUnicode_FromStringAndSize(text.at, text.size);
    int held = all ? PySequence_Contains(said->whole, all) : -1;
    Py_XDECREF(all);
    return held;
}

/* Whether a text begins with all of another. */
static bool begins_with(Slice text, Slice other)
{
    return other.size <= text.size && memcmp(text.at, other.at, (size_t)other.size) == 0;
}

static int compare(const void *one, const void *other)
{
    const Slice *a = one, *b = other;
    int order = memcmp(a->at, b->at, (size_t)(a->size < b->size ? a->size : b->size));
    return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

static bool sort_body(Said *said)
{
    Slice body = said->body;
    if (body.size <= PY_SSIZE_T_MAX / (Py_ssize_t)sizeof *said->sorted)
        said->sorted = PyMem_Malloc((size_t)body.size * sizeof *said->sorted);
    if (said->sorted == NULL) {
        PyErr_NoMemory();
        return false;
    }
    for (Py_ssize_t at = 0; at < body.size; at += char_size(body, at))
        said->sorted[said->sorted_count++] =
            (Slice){body.at + at, body.size - at < LONGEST ? body.size - at : LONGEST};
    qsort(said->sorted, (size_t)said->sorted_count, sizeof *said->sorted, compare);
    return true;
}

/* Whether the body, which is not empty, holds a text; -1 with an exception. Lines that look like it
 * and are not in it would take the product of all lines and the body. */
static int in_body(Said *said, Slice text)
{
    if (said->steps < PATIENCE) {
        Needle begins;
        make_needle(&begins, text);
        return holds_needle(said->body, &begins, &said->steps);
    }
    if (said->sorted == NULL && !sort_body(said))
        return -1;
    Py_ssize_t from = 0, to = said->sorted_count; /* the first that is not before the text */
    while (from < to) {
        Py_ssize_t middle = from + (to - from) / 2;
        if (compare(&said->sorted[middle], &text) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from < said->sorted_count && begins_with(said->sorted[from], text);
}

/* What the letters of a line say, as bits; -1 with an exception. */
static int bits_of(Said *said, Slice text, Py_ssize_t chars)
{
    int bits = 0;
    if (chars > said->telling) {
        bool same = text.size == said->headline.size && begins_with(said->headline, text);
        if (same || (chars > said->begun && begins_with(said->title, text)))
            bits |= HEADLINE;
        if (chars > said->running && said->description.size > 0) {
            int held = in_description(said, text);
            if (held < 0)
                return -1;
            if (held || holds_needle(text, &said->begun_description, NULL))
                bits |= DESCRIPTION;
        }
        if (chars > said->running && said->body.size > 0) {
            int held = in_body(said, begin(text, said->certain));
            if (held < 0)
                return -1;
            bits |= held ? BODY : 0;
        }
    }
    if (chars < said->signed_)
        for (Py_ssize_t i = 0; i < said->author_count && !(bits & AUTHOR); i++)
            bits |= holds_needle(text, &said->authors[i], NULL) ? AUTHOR : 0;
    return bits;
}

/* What a line says, as bits; -1 with an exception. */
static int read_line(Said *said, Slice line)
{
    PyObject *told = NULL;
    Py_ssize_t chars = 0;
    Slice letters;
    int fine = read_letters(said, line, &letters, &chars);
    if (fine == 0) {
        told = ask_letters(said, line);
        chars = told ? PyUnicode_GetLength(told) : -1;
        fine = chars >= 0 && slice_of(told, &letters) ? 1 : -1;
    }
    int bits = fine < 0 ? -1 : chars > 0 ? bits_of(said, letters, chars) : 0;
    Py_XDECREF(told);
    return bits;
}

static bool add_said(PyObject *list, Py_ssize_t number, int bits)
{
    PyObject *pair = Py_BuildValue("(ni)", number, bits);
    bool fine = pair != NULL && PyList_Append(list, pair) == 0;
    Py_XDECREF(pair);
    return fine;
}

static PyObject *look_through(Said *said, Slice text)
{
    PyObject *list = PyList_New(0);
    for (int i = 0; i < 26; i++)
        said->small['a' + i] = said->small['A' + i] = (char)('a' + i);
    for (char figure = '0'; figure <= '9'; figure++)
        said->small[(int)figure] = figure;
    bool fine = list != NULL;
    Py_ssize_t number = 0;
    for (Py_ssize_t at = 0; fine && at <= text.size; number++) {
        const char *end = memchr(text.at + at, '\n', (size_t)(text.size - at));
        Slice line = {text.at + at, end ? end - text.at - at : text.size - at};
        at += line.size + 1;
        int bits = read_line(said, line);
        fine = bits >= 0 && (bits == 0 || add_said(list, number, bits));
    }
    if (!fine)
        Py_CLEAR(list);
    return list;
}

static bool read_authors(Said *said, PyObject *authors)
{
    said->author_count = PyTuple_Size(authors);
    for (Py_ssize_t i = 0; i < said->author_count && i < MOST_AUTHORS; i++) {
        Slice name;
        if (!slice_of(PyTuple_GetItem(authors, i), &name))
            return false;
        if (name.size == 0) {
            PyErr_SetString(PyExc_ValueError, "a name has letters");
            return false;
        }
        make_needle(&said->authors[i], name);
    }
    if (said->author_count > MOST_AUTHORS)
        PyErr_SetString(PyExc_ValueError, "more authors than lines are compared with");
    return said->author_count <= MOST_AUTHORS;
}

/* said(letters, lines, headline, title, description, body, authors,
 *      (telling, begun, running, signed, certain)) → [(number of a line, what it says)] */
PyObject *core_said(PyObject *module, PyObject *args)
{
    PyObject *lines, *headline, *title, *body, *authors, *found = NULL;
    Slice text;
    (void)module;
    Said *said = PyMem_Calloc(1, sizeof *said);
    if (said == NULL)
        return PyErr_NoMemory();
    if (PyArg_ParseTuple(args, "OUUUUUO!(nnnnn)", &said->letters, &lines, &headline, &title,
                         &said->whole, &body, &PyTuple_Type, &authors, &said->telling,
                         &said->begun, &said->running, &said->signed_, &said->certain) &&
        slice_of(lines, &text) && slice_of(headline, &said->headline) &&
        slice_of(title, &said->title) && slice_of(said->whole, &said->description) &&
        slice_of(body, &said->body) && read_authors(said, authors)) {
        if (said->description.size > 0)
            make_needle(&said->begun_description, begin(said->description, said->certain));
        if (text.size <= PY_SSIZE_T_MAX / 4)
            said->line = PyMem_Malloc(2 * (size_t)text.size + 4);
        if (said->line == NULL)
            PyErr_NoMemory();
        else
            found = look_through(said, text);
    }
    PyMem_Free(said->line);
    PyMem_Free(said->sorted);
    PyMem_Free(said);
    return found;
}
