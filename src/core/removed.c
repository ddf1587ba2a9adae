/* Beside `article/removed.py` and `article/places.py`: why lines were left out.
 *
 * What most lines need is decided here. A line with a sign of what few lines are (an address, a date,
 * a row of bars) is Python's to judge, by the functions of those files: none is written twice. */

#include "attributes.h"
#include "chars.h"
#include "phrases.h"
#include <string.h>

#define MOST_NAMES 16 /* of a site, that each line is compared with */
#define TAG_PLACES 512 /* for a hundred words of tags and classes */

/* A class, and an attribute of it. */
#define ATTRIBUTES_USED(X)                                                                         \
    X(EVIDENCE, concepts) X(EVIDENCE, lower) X(EVIDENCE, key) X(EVIDENCE, width)                   \
    X(EVIDENCE, count) X(EVIDENCE, sentence) X(EVIDENCE, unspaced) X(BLOCK, text)                  \
    X(BLOCK, markup) X(MARKUP, path) X(MARKUP, marks) X(MARKUP, linked) X(MARKUP, hidden)
#define AS_PLACE(class, name) AT_##name,
#define AS_CLASS(class, name) class,
#define AS_NAME(class, name) #name,

enum { LEGAL, SITE, REPEAT, MENU, LINKS, LINES, FOOT, HEAD, LINK, APART, SINGLE, NUMBER, REASONS };
enum { START, HERE, TABLES_OF_CONCEPTS };
enum { SHORT, REPEATED, RUN, ENTRIES, FEW, BARS, NUMBERS };
enum { LETTERS, SIGNS, ENDS, SETS };
enum { BLOCK, EVIDENCE, MARKUP, CLASSES };
enum { ATTRIBUTES_USED(AS_PLACE) ATTRIBUTE_COUNT };
enum { OF_SIGNS, OF_TAGS, OF_MENU, CALLS };
enum { OF_PATH, OF_MARKS, KINDS_OF_WORDS };

static const char *const NAMES[] = {ATTRIBUTES_USED(AS_NAME)};
static const int CLASS_OF[] = {ATTRIBUTES_USED(AS_CLASS)};

typedef struct {
    PyObject *concepts[TABLES_OF_CONCEPTS]; /* concept and place → reason */
    PyObject *reasons[REASONS], *hidden;
    PyObject *copyright;    /* a tuple of texts */
    long numbers[NUMBERS];
    double digits, linked;
    Chars sets[SETS];
    uint8_t ascii[128]; /* what a character is, in the bits below */
    Attribute at[ATTRIBUTE_COUNT];
} Tables;

/* A word of a tag or a class, and what it tells. */
typedef struct {
    Slice word; /* at NULL where the place is free */
    PyObject *reason;
} Tag;

/* The tables of `article/tags.py`. */
typedef struct {
    PyObject *words[KINDS_OF_WORDS]; /* dicts, which own what the places point at */
    Tag places[KINDS_OF_WORDS][TAG_PLACES];
    long near;
} Tags;

enum { A_LETTER = 1, A_FIGURE = 2, A_BAR = 4, OF_CONTACT = 8, MAY_CONTACT = 16 };

/* What is known of a page while its lines are gone over. */
typedef struct {
    const Tables *tables;
    PyObject *evidence, *blocks; /* tuples */
    PyObject *site;              /* a tuple of texts: what the site calls itself, letters alone */
    PyObject *calls[CALLS];
    PyObject *first_of; /* key → the first block that has it */
    PyObject *told;     /* owns `tags` */
    const Tags *tags;   /* asked for where a block has markup */
    Py_ssize_t count, first, last, keyed;
} Page;

typedef struct {
    PyObject *own, *block; /* borrowed from the page */
    PyObject *lower, *text, *markup;
    Py_ssize_t at;
    long width, run, sentence;
    /* what one look at its text tells */
    Py_ssize_t chars, letters, figures, bars;
    bool ascii, contact, lettered; /* the last: it begins with a letter */
    Py_UCS4 begins, ends;
} Line;

static const char REMOVAL[] = "articlecli.removal";
static const char TAGS[] = "articlecli.tags";

static void free_tables(Tables *tables)
{
    for (int i = 0; i < TABLES_OF_CONCEPTS; i++)
        Py_XDECREF(tables->concepts[i]);
    for (int i = 0; i < REASONS; i++)
        Py_XDECREF(tables->reasons[i]);
    for (int i = 0; i < ATTRIBUTE_COUNT; i++)
        Py_XDECREF(tables->at[i].member);
    Py_XDECREF(tables->hidden);
    Py_XDECREF(tables->copyright);
    PyMem_Free(tables);
}

static void drop_tables(PyObject *capsule)
{
    Tables *tables = PyCapsule_GetPointer(capsule, REMOVAL);
    if (tables != NULL)
        free_tables(tables);
}

/* removal_tables(classes, (start, here), reasons, hidden, copyright, numbers, (digits, linked),
 *                sets) */
PyObject *core_removal_tables(PyObject *module, PyObject *args)
{
    PyObject *classes, *concepts, *reasons, *hidden, *copyright, *numbers, *sets, *capsule = NULL;
    Tables *made = PyMem_Calloc(1, sizeof *made);
    (void)module;
    if (made == NULL)
        return PyErr_NoMemory();
    if (!PyArg_ParseTuple(args, "O!OOUO!O(dd)O", &PyTuple_Type, &classes, &concepts, &reasons,
                          &hidden, &PyTuple_Type, &copyright, &numbers, &made->digits,
                          &made->linked, &sets))
        goto done;
    if (PyTuple_Size(classes) != CLASSES) {
        PyErr_SetString(PyExc_ValueError, "a table is of another size");
        goto done;
    }
    Py_INCREF(hidden);
    made->hidden = hidden;
    Py_INCREF(copyright);
    made->copyright = copyright;
    bool fine = copy_calls(made->concepts, TABLES_OF_CONCEPTS, concepts) &&
                copy_calls(made->reasons, REASONS, reasons) &&
                copy_numbers(made->numbers, NUMBERS, numbers) && copy_sets(made->sets, SETS, sets);
    for (int i = 0; fine && i < TABLES_OF_CONCEPTS; i++)
        if (!PyDict_Check(made->concepts[i])) {
            PyErr_SetString(PyExc_TypeError, "concepts are in dicts");
            fine = false;
        }
    for (Py_UCS4 c = 0; fine && c < 128; c++)
        made->ascii[c] = (uint8_t)((is_capital(c) || is_capital(c - 32) ? A_LETTER : 0) |
                                   (is_digit(c) ? A_FIGURE : 0) |
                                   (has(&made->sets[SIGNS], c) ? A_BAR : 0) |
                                   (c == '@' ? OF_CONTACT : 0) |
                                   (strchr("+(:w", (int)c) && c ? MAY_CONTACT : 0));
    for (int i = 0; fine && i < ATTRIBUTE_COUNT; i++)
        fine = find_attribute(&made->at[i], PyTuple_GetItem(classes, CLASS_OF[i]), NAMES[i]);
    if (fine)
        capsule = PyCapsule_New(made, REMOVAL, drop_tables);
done:
    if (capsule == NULL)
        free_tables(made);
    return capsule;
}

static PyObject *text_of(const Tables *tables, PyObject *of, int name)
{
    PyObject *found = value_of(&tables->at[name], of);
    if (found != NULL && !PyUnicode_Check(found)) {
        PyErr_SetString(PyExc_TypeError, "no text");
        Py_CLEAR(found);
    }
    return found;
}

/* A whole number or a truth; -1 with an exception. */
static long number_of(const Tables *tables, PyObject *of, int name)
{
    PyObject *found = value_of(&tables->at[name], of);
    long number = found ? PyLong_AsLong(found) : -1;
    Py_XDECREF(found);
    if (number < 0 && !PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "a number of a line is below none");
    return number < 0 ? -1 : number;
}

/* `reason_by_words`; None where they tell nothing. All reasons are given back as owned. */
static PyObject *by_words(const Tables *tables, const Line *line)
{
    PyObject *found = Py_None, *at, *size;
    for (Py_ssize_t i = 0, count = PyTuple_Size(tables->copyright); i < count; i++) {
        Py_ssize_t begins = PyUnicode_Tailmatch(
            line->lower, PyTuple_GetItem(tables->copyright, i), 0, PY_SSIZE_T_MAX, -1);
        if (begins != 0)
            return begins < 0 ? NULL : Py_NewRef(tables->reasons[LEGAL]);
    }
    PyObject *concepts = value_of(&tables->at[AT_concepts], line->own);
    if (concepts == NULL)
        return NULL;
    if (!PyDict_Check(concepts)) {
        PyErr_SetString(PyExc_TypeError, "concepts are in a dict");
        found = NULL;
    } else if (PyDict_Size(concepts) > 0) {
        long words = number_of(tables, line->own, AT_count), longest = 0;
        Py_ssize_t place = 0;
        PyObject *told = tables->concepts[words <= tables->numbers[FEW] ? HERE : START];
        if (words < 0)
            found = NULL;
        while (found != NULL && PyDict_Next(concepts, &place, &at, &size)) {
            long own = PyLong_CheckExact(size) ? PyLong_AsLong(size) : -1;
            if (own > longest && PyLong_CheckExact(at)) {
                PyObject *reason = PyDict_GetItemWithError(told, at);
                if (reason != NULL) {
                    longest = own;
                    found = reason;
                }
            }
            if (PyErr_Occurred())
                found = NULL;
        }
    }
    Py_XINCREF(found);
    Py_DECREF(concepts);
    return found;
}

/* Whether a figure, which may be one beyond ASCII, stands behind "+" or "(", or an address begins. */
static bool is_contact(Slice text, Py_ssize_t at)
{
    Py_ssize_t left = text.size - at;
    if (text.at[at] == '+' || text.at[at] == '(')
        return left > 1 && (is_digit((unsigned char)text.at[at + 1]) || text.at[at + 1] & 0x80);
    return (left > 2 && memcmp(text.at + at, "://", 3) == 0) ||
           (left > 3 && memcmp(text.at + at, "www.", 4) == 0);
}

static bool look_at(const Tables *tables, Line *line)
{
    Slice text;
    if (!slice_of(line->text, &text))
        return false;
    line->ascii = true;
    for (Py_ssize_t at = 0; at < text.size;) {
        unsigned char byte = (unsigned char)text.at[at];
        Py_UCS4 c = byte;
        Py_ssize_t size = 1;
        if (byte < 128) {
            int is = tables->ascii[byte];
            line->letters += is & A_LETTER;
            line->figures += is / A_FIGURE & 1;
            line->bars += is / A_BAR & 1;
            line->contact |= is >= OF_CONTACT && (is < MAY_CONTACT || is_contact(text, at));
        } else {
            size = char_size(text, at);
            c = size == 2 ? byte & 31u : size == 3 ? byte & 15u : byte & 7u;
            for (Py_ssize_t i = 1; i < size; i++)
                c = c << 6 | ((unsigned char)text.at[at + i] & 63u);
            line->ascii = false;
            if (has(&tables->sets[LETTERS], c))
                line->letters++;
            else
                line->figures++; /* it may be one; Python is asked then */
            line->bars += has(&tables->sets[SIGNS], c);
        }
        if (line->chars++ == 0) {
            line->begins = c;
            line->lettered = line->letters > 0;
        }
        line->ends = c;
        at += size;
    }
    return true;
}

static bool is_letter(char c)
{
    return ((unsigned)c | 32) - 'a' < 26;
}

static bool is_kept(char c)
{
    return (unsigned)c - '0' < 10 || is_letter(c);
}

/* Whether a line may be a name, of which `letters` left the letters: 0 no, 1 surely, 2 ask Python.
 * Of what lies beyond ASCII, some may be no letters and are left out too. */
static int is_name(Slice lower, Slice name)
{
    Py_ssize_t at = 0, to = 0;
    bool ascii = true;
    for (;;) {
        for (; at < lower.size && !is_kept(lower.at[at]); at++)
            ascii &= (unsigned char)lower.at[at] < 128;
        for (; to < name.size && !is_kept(name.at[to]); to++)
            ascii = false;
        if (at == lower.size || to == name.size)
            return at == lower.size && to == name.size ? ascii ? 1 : 2 : 0;
        if (lower.at[at++] != name.at[to++])
            return 0;
    }
}

static PyObject *ask_at(PyObject *call, Py_ssize_t at)
{
    PyObject *number = PyLong_FromSsize_t(at);
    PyObject *said = number ? PyObject_CallFunctionObjArgs(call, number, NULL) : NULL;
    Py_XDECREF(number);
    return said;
}

/* Where the first line with the same words stands, or -1. */
static Py_ssize_t first_of(Page *page, const Line *line)
{
    PyObject *key = NULL, *number = NULL;
    for (; page->keyed <= line->at; page->keyed++) {
        key = value_of(&page->tables->at[AT_key], PyTuple_GetItem(page->evidence, page->keyed));
        if (key == NULL || !PyBytes_Check(key))
            goto fail;
        if (page->keyed == line->at)
            break;
        if (PyDict_GetItemWithError(page->first_of, key) == NULL) {
            number = PyErr_Occurred() ? NULL : PyLong_FromSsize_t(page->keyed);
            if (number == NULL || PyDict_SetItem(page->first_of, key, number) < 0)
                goto fail;
            Py_CLEAR(number);
        }
        Py_CLEAR(key);
    }
    number = key ? PyDict_GetItemWithError(page->first_of, key) : NULL;
    Py_ssize_t found = number ? PyLong_AsSsize_t(number) : PyErr_Occurred() ? -1 : line->at;
    Py_XDECREF(key);
    return found;
fail:
    if (key != NULL && !PyErr_Occurred())
        PyErr_SetString(PyExc_TypeError, "a key is no bytes");
    Py_XDECREF(key);
    Py_XDECREF(number);
    return -1;
}

/* Whether a line of ASCII that begins with no letter, and has so many, is what `_NUMBERS` has: they
 * stand together, and not at its end. */
static bool is_number(Slice text, Py_ssize_t letters)
{
    Py_ssize_t at = 0;
    if (letters == 0)
        return true;
    while (at < text.size && !is_letter(text.at[at]))
        at++;
    for (; letters > 0 && at < text.size && is_letter(text.at[at]); letters--)
        at++;
    return letters == 0 && at < text.size;
}

/* `Places.reason_by_form` */
static PyObject *by_form(Page *page, const Line *line)
{
    const Tables *tables = page->tables;
    const long *numbers = tables->numbers;
    bool ask = line->chars == 0 || (line->contact && line->width <= 2 * numbers[SHORT]);
    if (!ask && line->width <= numbers[SHORT]) {
        Slice lower, name;
        if (!slice_of(line->lower, &lower))
            return NULL;
        Py_ssize_t count = PyTuple_Size(page->site);
        ask = count > MOST_NAMES; /* Python looks a line up in a set of them */
        for (Py_ssize_t i = 0; !ask && i < count; i++) {
            if (!slice_of(PyTuple_GetItem(page->site, i), &name))
                return NULL;
            int same = is_name(lower, name);
            if (same == 1)
                return Py_NewRef(tables->reasons[SITE]);
            ask = same == 2;
        }
        /* A number has three letters at most, behind what is none. */
        bool number = line->letters < 4 && !line->lettered;
        bool known = number && line->ascii && line->begins != ' '; /* such a one may be plain */
        if (known && !ask) {
            if (!slice_of(line->text, &name))
                return NULL;
            if (is_number(name, line->letters))
                return Py_NewRef(tables->reasons[NUMBER]);
        }
        ask |= line->begins == '#' || (number && !known) ||
               (double)line->figures >= tables->digits * (double)line->chars;
    }
    if (ask) {
        PyObject *said = ask_at(page->calls[OF_SIGNS], line->at);
        if (said != Py_None)
            return said;
        Py_DECREF(said);
    }
    if (line->width >= numbers[REPEATED]) {
        Py_ssize_t first = first_of(page, line);
        if (first != line->at)
            return first < 0 ? NULL : Py_NewRef(tables->reasons[REPEAT]);
    }
    return Py_NewRef(Py_None);
}

static uint32_t place_of_tag(const Tag *places, Slice word)
{
    uint32_t at = crc(0, word.at, word.size) % TAG_PLACES;
    while (places[at].word.at != NULL && (places[at].word.size != word.size ||
                                          memcmp(places[at].word.at, word.at, (size_t)word.size)))
        at = (at + 1) % TAG_PLACES;
    return at;
}

static void free_tags(Tags *tags)
{
    for (int i = 0; i < KINDS_OF_WORDS; i++)
        Py_XDECREF(tags->words[i]);
    PyMem_Free(tags);
}

static void drop_tags(PyObject *capsule)
{
    Tags *tags = PyCapsule_GetPointer(capsule, TAGS);
    if (tags != NULL)
        free_tags(tags);
}

static bool read_tags(Tags *to, int kind, PyObject *words)
{
    PyObject *word, *reason;
    Py_ssize_t place = 0;
    if (PyDict_Size(words) > TAG_PLACES / 2) {
        PyErr_SetString(PyExc_ValueError, "a table is of another size");
        return false;
    }
    to->words[kind] = PyDict_Copy(words);
    while (to->words[kind] != NULL && PyDict_Next(to->words[kind], &place, &word, &reason)) {
        Slice own;
        if (!PyUnicode_Check(word) || !PyUnicode_Check(reason)) {
            PyErr_SetString(PyExc_TypeError, "words of tags and their reasons are texts");
            return false;
        }
        if (!slice_of(word, &own))
            return false;
        to->places[kind][place_of_tag(to->places[kind], own)] = (Tag){own, reason};
    }
    return to->words[kind] != NULL;
}

/* tag_tables(tags, classes, near): two dicts from words to reasons, and how many words of classes
 * are looked at */
PyObject *core_tag_tables(PyObject *module, PyObject *args)
{
    PyObject *tags, *classes, *capsule = NULL;
    Tags *made = PyMem_Calloc(1, sizeof *made);
    (void)module;
    if (made == NULL)
        return PyErr_NoMemory();
    if (PyArg_ParseTuple(args, "O!O!l", &PyDict_Type, &tags, &PyDict_Type, &classes,
                         &made->near) &&
        read_tags(made, OF_PATH, tags) && read_tags(made, OF_MARKS, classes))
        capsule = PyCapsule_New(made, TAGS, drop_tags);
    if (capsule == NULL)
        free_tags(made);
    return capsule;
}

/* `_innermost` of the tags of a path, or of the words of classes: the last that tells something.
 * Of classes the last words are looked at, as white space separates them. */
static PyObject *innermost(const Tags *tags, int kind, Slice text)
{
    const Tag *places = tags->places[kind];
    long left = tags->near;
    bool within = false; /* such a word */
    for (Py_ssize_t at = text.size, end = at, before;; at = before) {
        before = at > 0 ? char_before(text, at) : 0;
        char c = at > 0 ? text.at[before] : '/';
        bool space = kind == OF_MARKS && at > 0 && space_size(text, before) > 0;
        if (at == 0 || space || (kind == OF_PATH ? c == '/' : c == '_' || c == '-')) {
            Slice word = {text.at + at, end - at};
            PyObject *reason = word.size > 0 ? places[place_of_tag(places, word)].reason : NULL;
            if (reason != NULL)
                return reason;
            if (at == 0 || (space && within && --left == 0))
                return Py_None;
            end = before;
        }
        within = !space;
    }
}

/* `_by_markup` */
static PyObject *by_markup(Page *page, const Line *line)
{
    const Tables *tables = page->tables;
    Slice text;
    PyObject *found = Py_None;
    if (line->markup == Py_None)
        return Py_NewRef(Py_None);
    if (page->tags == NULL) {
        if (page->told == NULL)
            page->told = PyObject_CallFunctionObjArgs(page->calls[OF_TAGS], NULL);
        page->tags = page->told ? held(page->told, TAGS) : NULL;
        if (page->tags == NULL)
            return NULL;
    }
    for (int kind = 0; found == Py_None && kind < KINDS_OF_WORDS; kind++) {
        PyObject *said = text_of(tables, line->markup, kind == OF_PATH ? AT_path : AT_marks);
        found = said && slice_of(said, &text) ? innermost(page->tags, kind, text) : NULL;
        Py_XDECREF(said);
    }
    if (found == Py_None) {
        long hidden = number_of(tables, line->markup, AT_hidden);
        if (hidden != 0)
            found = hidden < 0 ? NULL : tables->hidden;
    }
    return Py_XNewRef(found);
}

/* `_is_glued` of a line that is long enough and ends no sentence: 0 no, 1 yes, 2 ask Python, which
 * knows the capitals beyond ASCII. */
static int is_glued(Slice text)
{
    Py_ssize_t words = 0, capitals = 0, wide = 0, size;
    bool within = false;
    for (Py_ssize_t at = 0; at < text.size; at += size ? size : 1) {
        unsigned char byte = (unsigned char)text.at[at];
        size = space_size(text, at);
        if (byte == ',' && at + 1 < text.size && text.at[at + 1] == ' ')
            return 0;
        if (size == 0 && !within) {
            words++;
            capitals += is_capital(byte);
            wide += byte >= 128;
        }
        within = size == 0;
    }
    return 2 * capitals > words ? 1 : 2 * (capitals + wide) > words ? 2 : 0;
}

/* `_is_linked`; -1 with an exception. */
static int is_linked(const Tables *tables, const Line *line)
{
    if (line->markup == Py_None)
        return 0;
    PyObject *share = value_of(&tables->at[AT_linked], line->markup);
    double linked = share ? PyFloat_AsDouble(share) : -1;
    Py_XDECREF(share);
    return linked == -1 && PyErr_Occurred() ? -1 : linked >= tables->linked;
}

/* `Places.reason_by_place` */
static PyObject *by_place(Page *page, const Line *line)
{
    const Tables *tables = page->tables;
    const long *numbers = tables->numbers;
    bool above = line->at < page->first, below = line->at > page->last;
    bool several = line->run >= numbers[RUN] && !below;
    Slice text;
    if (!several) {
        long count = number_of(tables, line->own, AT_count);
        long unspaced = count < 0 ? -1 : number_of(tables, line->own, AT_unspaced);
        if (unspaced < 0)
            return NULL;
        bool may_glue = !unspaced && count >= numbers[ENTRIES] &&
                        !has(&tables->sets[ENDS], line->ends);
        int glued = may_glue && slice_of(line->text, &text) ? is_glued(text) : 0;
        if (PyErr_Occurred())
            return NULL;
        several = glued == 1;
        if (!several && (line->chars == 0 || line->bars >= numbers[BARS] || glued == 2)) {
            PyObject *said = ask_at(page->calls[OF_MENU], line->at);
            int menu = said ? PyObject_IsTrue(said) : -1;
            Py_XDECREF(said);
            if (menu < 0)
                return NULL;
            several = menu;
        }
    }
    int linked = several && (above || below) ? 0 : is_linked(tables, line);
    if (linked < 0)
        return NULL;
    int reason = several ? above || below ? MENU : linked ? LINKS : LINES
                 : below ? FOOT
                 : above ? HEAD
                 : linked ? LINK
                 : line->sentence || line->width > numbers[SHORT] ? APART
                                                            : SINGLE;
    return Py_NewRef(tables->reasons[reason]);
}

/* The first of them that tells something. */
static PyObject *reason_of(Page *page, Line *line)
{
    const Tables *tables = page->tables;
    PyObject *found = NULL;
    line->lower = text_of(tables, line->own, AT_lower);
    line->text = line->lower ? text_of(tables, line->block, AT_text) : NULL;
    line->markup = line->text ? value_of(&tables->at[AT_markup], line->block) : NULL;
    if (line->markup != NULL)
        found = by_words(tables, line);
    if (found == Py_None) {
        Py_DECREF(found);
        found = look_at(tables, line) ? by_form(page, line) : NULL;
    }
    if (found == Py_None) {
        Py_DECREF(found);
        found = by_markup(page, line);
    }
    if (found == Py_None) {
        Py_DECREF(found);
        found = by_place(page, line);
    }
    Py_XDECREF(line->lower);
    Py_XDECREF(line->text);
    Py_XDECREF(line->markup);
    return found;
}

/* `Places._runs` of the lines asked about, and where these stand; false with an exception. */
static bool fill_runs(Page *page, PyObject *members, Line *lines, Py_ssize_t count)
{
    const Tables *tables = page->tables;
    Py_ssize_t run = 0;
    for (Py_ssize_t k = 0; k <= count; k++) {
        bool goes_on = false;
        if (k < count) {
            Line *line = &lines[k];
            line->at = PyLong_AsSsize_t(PyList_GetItem(members, k));
            if (line->at < 0 || line->at >= page->count || (k > 0 && line->at <= lines[k - 1].at)) {
                if (!PyErr_Occurred())
                    PyErr_SetString(PyExc_ValueError, "lines are not in page order");
                return false;
            }
            line->own = PyTuple_GetItem(page->evidence, line->at);
            line->block = PyTuple_GetItem(page->blocks, line->at);
            line->width = number_of(tables, line->own, AT_width);
            line->sentence = line->width < 0 ? -1 : number_of(tables, line->own, AT_sentence);
            if (line->sentence < 0)
                return false;
            line->run = line->width <= tables->numbers[SHORT] && !line->sentence;
            goes_on = line->run && run > 0 && lines[k - 1].at + 1 == line->at;
        }
        if (!goes_on) {
            for (Py_ssize_t j = k - run; j < k; j++)
                lines[j].run = (long)run;
            run = 0;
        }
        run += k < count && lines[k].run;
    }
    return true;
}

/* reasons(tables, evidence, blocks, members, site, (first, last), (signs, tags, menu)) → a list:
 * for each of the blocks whose numbers are in `members`, in page order, why it was left out */
PyObject *core_reasons(PyObject *module, PyObject *args)
{
    PyObject *tables, *members, *out = NULL;
    Page page = {0};
    Line *lines = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "OO!O!O!O!(nn)(OOO)", &tables, &PyTuple_Type, &page.evidence,
                          &PyTuple_Type, &page.blocks, &PyList_Type, &members, &PyTuple_Type,
                          &page.site, &page.first, &page.last, &page.calls[OF_SIGNS],
                          &page.calls[OF_TAGS], &page.calls[OF_MENU]))
        return NULL;
    page.tables = held(tables, REMOVAL);
    page.count = PyTuple_Size(page.evidence);
    if (page.tables == NULL)
        return NULL;
    bool fine = PyTuple_Size(page.blocks) == page.count;
    for (Py_ssize_t i = 0, names = PyTuple_Size(page.site); i < names; i++)
        fine &= PyUnicode_Check(PyTuple_GetItem(page.site, i));
    if (!fine) {
        PyErr_SetString(PyExc_ValueError, "blocks, evidence and names do not fit");
        return NULL;
    }
    Py_ssize_t count = PyList_Size(members);
    lines = PyMem_Calloc((size_t)count + 1, sizeof *lines);
    page.first_of = PyDict_New();
    if (lines == NULL)
        PyErr_NoMemory();
    if (lines == NULL || page.first_of == NULL || !fill_runs(&page, members, lines, count))
        goto done;
    out = PyList_New(count);
    for (Py_ssize_t k = 0; out != NULL && k < count; k++) {
        PyObject *reason = reason_of(&page, &lines[k]);
        if (reason == NULL || PyList_SetItem(out, k, reason) < 0)
            Py_CLEAR(out);
    }
done:
    PyMem_Free(lines);
    Py_XDECREF(page.first_of);
    Py_XDECREF(page.told);
    return out;
}
