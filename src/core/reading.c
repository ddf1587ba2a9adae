/* Beside `blocks/rows.py`: the lines of a page, read. */

#include "reading.h"
#include "room.h"

/* What a raw line is made of. */
typedef struct {
    Py_ssize_t first, last; /* of what is no space, the last excluded */
    Py_ssize_t spaces;      /* between its words */
    int kinds;
    bool folds, gaps, wide; /* some space is no single one; it has a gap; a tab or three spaces */
} Scan;

static const char READER[] = "articlecli.reader";

static void free_reader(Reader *reader)
{
    for (int i = 0; i < CALL_COUNT; i++)
        Py_XDECREF(reader->calls[i]);
    PyMem_Free(reader);
}

static void drop_reader(PyObject *capsule)
{
    Reader *reader = PyCapsule_GetPointer(capsule, READER);
    if (reader != NULL)
        free_reader(reader);
}

static bool are_texts(PyObject *tuple)
{
    Py_ssize_t count = PyTuple_Check(tuple) ? PyTuple_Size(tuple) : -1;
    for (Py_ssize_t i = 0; i < count; i++)
        if (!PyUnicode_Check(PyTuple_GetItem(tuple, i)))
            return false;
    return count >= 0;
}

/* Notes of characters beyond ASCII which are in a set. */
static void add_kind(Reader *reader, const Chars *set, int kind)
{
    for (int i = 0; i < set->count; i++)
        for (Py_UCS4 c = set->wide[i].first; c <= set->wide[i].last && c < KINDS; c++)
            if (c > 127)
                reader->kinds[c] = (uint8_t)kind;
}

/* reader(calls, sets, numbers) */
PyObject *core_reader(PyObject *module, PyObject *args)
{
    PyObject *calls, *sets, *numbers, *capsule = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "OOO", &calls, &sets, &numbers))
        return NULL;
    Reader *made = PyMem_Calloc(1, sizeof *made);
    if (made == NULL)
        return PyErr_NoMemory();
    if (copy_calls(made->calls, CALL_COUNT, calls) && copy_sets(made->sets, SET_COUNT, sets) &&
        copy_numbers(made->numbers, NUMBER_COUNT, numbers)) {
        for (int c = 0; c < 128; c++)
            made->kinds[c] = (uint8_t)((made->sets[AT_white].ascii[c] ? WHITE : 0) |
                                       (made->sets[AT_odd].ascii[c] && c != '&' ? ODD : 0) |
                                       (made->sets[AT_signs].ascii[c] ? SIGN : 0) |
                                       (c == '=' || c == '@' || c == '\\' ? STRONG : 0) |
                                       (c == '&' ? AND : 0) | (c == ';' ? SEMICOLON : 0));
        add_kind(made, &made->sets[AT_odd], ODD);
        add_kind(made, &made->sets[AT_white], WHITE);
        if (made->numbers[AT_head_rows] > HEADS || !are_texts(made->calls[AT_code_words]))
            PyErr_SetString(PyExc_ValueError, "a table is out of range");
        else
            capsule = PyCapsule_New(made, READER, drop_reader);
    }
    if (capsule == NULL)
        free_reader(made);
    return capsule;
}

static bool load(Page *page, PyObject *raw, Py_ssize_t *size)
{
    *size = PyUnicode_GetLength(raw);
    if (*size < 0) /* no text */
        return false;
    if (*size > page->room) {
        PyMem_Free(page->chars);
        page->room = 0;
        page->chars = NULL;
        if (*size <= PY_SSIZE_T_MAX / 8)
            page->chars = PyMem_Malloc((size_t)*size * 2 * sizeof(Py_UCS4));
        if (page->chars == NULL) {
            PyErr_NoMemory();
            return false;
        }
        page->room = *size * 2;
    }
    return *size == 0 || PyUnicode_AsUCS4(raw, page->chars, page->room, 0) != NULL;
}

static inline int kind_at(const Reader *reader, Py_UCS4 c)
{
    return c < KINDS                              ? reader->kinds[c]
           : has_wide(&reader->sets[AT_white], c) ? WHITE
           : has_wide(&reader->sets[AT_odd], c)   ? ODD
                                                  : 0;
}

static Scan scan(const Reader *reader, const Py_UCS4 *chars, Py_ssize_t size)
{
    Scan seen = {size, 0, 0, 0, false, false, false};
    Py_ssize_t run = 0, blanks = 0;
    bool other = false, tab = false;
    for (Py_ssize_t i = 0; i < size; i++) {
        Py_UCS4 c = chars[i];
        int kind = kind_at(reader, c);
        seen.kinds |= kind;
        if (kind & WHITE) {
            run++;
            blanks = c == ' ' ? blanks + 1 : 0;
            other |= c != ' ';
            tab |= c == '\t';
            seen.wide |= c == '\t' || blanks == 3;
            continue;
        }
        if (run > 0 && seen.last > 0) {
            seen.spaces++;
            seen.folds |= run > 1 || other;
            seen.gaps |= run > 2 || tab;
        }
        if (seen.last == 0)
            seen.first = i;
        while (i + 1 < size && !((kind = kind_at(reader, chars[i + 1])) & WHITE)) {
            seen.kinds |= kind;
            i++;
        }
        seen.last = i + 1;
        run = blanks = 0;
        other = tab = false;
    }
    return seen;
}

/* The line with its white space folded, and its characters. */
static PyObject *fold(Page *page, PyObject *raw, Scan seen, const Py_UCS4 **at, Py_ssize_t *size)
{
    Py_UCS4 *chars = page->chars;
    *at = chars + seen.first;
    *size = seen.last - seen.first;
    if (!seen.folds)
        return PyUnicode_Substring(raw, seen.first, seen.last);
    Py_ssize_t used = 0;
    bool space = false;
    for (Py_ssize_t i = seen.first; i < seen.last; i++) {
        if (has(&page->reader->sets[AT_white], chars[i])) {
            space = true;
            continue;
        }
        if (space)
            chars[used++] = ' ';
        space = false;
        chars[used++] = chars[i];
    }
    *at = chars;
    *size = used;
    int order = *(const char *)&(const uint16_t){1} ? -1 : 1;
    return PyUnicode_DecodeUTF32((const char *)chars, used * 4, "surrogatepass", &order);
}


/* The mark of a line, asked for where it may have one. */
static PyObject *mark_of(const Reader *reader, PyObject *text, PyObject *raw, const Scan *seen,
                         const Py_UCS4 *at, Py_ssize_t size)
{
    PyObject *none = reader->calls[AT_no_mark];
    if (!has(&reader->sets[AT_bullets], at[0])) {
        if (seen->gaps && seen->wide)
            return ask_of(reader->calls[AT_columns], raw);
    } else if (size > 2 && at[1] == ' ') {
        return ask_of(reader->calls[AT_bullet], text);
    }
    Py_INCREF(none);
    return none;
}

static Line *new_line(Page *page)
{
    Py_ssize_t count = page->rows->count;
    if (count == page->lines_room &&
        !grow((void **)&page->lines, &page->lines_room, sizeof *page->lines))
        return NULL;
    return &page->lines[count];
}

/* The row of a line that is not blank. `raw` is the line as a reader sees it, `text` the same with
 * its white space folded, which is the row's from now on. */
static bool add_row(Page *page, Py_ssize_t number, PyObject *span, Py_ssize_t size, PyObject *raw,
                    const Scan *seen, PyObject *text, const Py_UCS4 *at, Py_ssize_t length)
{
    const Reader *reader = page->reader;
    PyObject *start = PyTuple_GetItem(span, 0), *end = PyTuple_GetItem(span, 1);
    Line *line = new_line(page);
    Row *row = line ? new_row(page->rows) : NULL;
    if (row == NULL) {
        Py_XDECREF(text);
        return false;
    }
    Py_ssize_t from = PyLong_AsSsize_t(start);
    *line = (Line){.spaces = seen->spaces};
    row->text = text;
    row->length = length;
    row->first = at[0];
    row->last = at[length - 1];
    row->width = size;
    row->blank_lines = page->gap;
    Py_INCREF(row->start = start);
    if (PyLong_AsSsize_t(end) == from + size)
        Py_INCREF(row->end = end);
    else
        row->end = PyLong_FromSsize_t(from + size);
    row->number = PyLong_FromSsize_t(number);
    row->gap = PyLong_FromSsize_t(page->gap);
    row->mark = mark_of(reader, text, raw, seen, at, length);
    int kind = row->mark ? kind_of(row->mark, reader->calls[AT_no_mark]) : -1;
    if (kind < 0 || row->end == NULL || row->number == NULL || row->gap == NULL)
        return false;
    row->kind = (Kind)kind;
    page->gap = 0;
    return look_at_row(page, row, line, at, seen->kinds);
}

static bool read_line(Page *page, Py_ssize_t number, PyObject *span)
{
    const Reader *reader = page->reader;
    if (!PyTuple_Check(span) || PyTuple_Size(span) != 2) {
        PyErr_SetString(PyExc_TypeError, "a span is a pair");
        return false;
    }
    PyObject *start = PyTuple_GetItem(span, 0), *end = PyTuple_GetItem(span, 1), *text;
    Py_ssize_t from = PyLong_AsSsize_t(start), to = PyLong_AsSsize_t(end), size;
    if (PyErr_Occurred())
        return false;
    const Py_UCS4 *at;
    bool fine = false;
    PyObject *raw = PyUnicode_Substring(page->text, from, to);
    if (raw == NULL || !load(page, raw, &size))
        goto done;
    Scan seen = scan(reader, page->chars, size);
    Py_ssize_t last = seen.last;
    if (last > 0 && (seen.kinds & ODD || (seen.kinds & AND && seen.kinds & SEMICOLON))) {
        PyObject *shown = ask_of(reader->calls[AT_shown], raw);
        Py_DECREF(raw);
        raw = shown;
        if (raw == NULL || !load(page, raw, &size))
            goto done;
        seen = scan(reader, page->chars, size);
    }
    if (last == 0) {
        page->gap++;
        fine = true;
    } else if (seen.last == 0) { /* only what cannot be seen, yet not blank */
        const Py_UCS4 stand_in = 0xFFFD;
        text = PyUnicode_FromString("\xEF\xBF\xBD");
        fine = text != NULL && add_row(page, number, span, last, raw, &seen, text, &stand_in, 1);
    } else {
        text = fold(page, raw, seen, &at, &size);
        fine = text != NULL && add_row(page, number, span, last, raw, &seen, text, at, size);
    }
done:
    Py_XDECREF(raw);
    return fine;
}

static void drop_rows(PyObject *capsule)
{
    Rows *rows = PyCapsule_GetPointer(capsule, ROWS);
    if (rows != NULL) {
        free_rows(rows);
        PyMem_Free(rows);
    }
}

/* read_rows(reader, text, spans) → rows, bits of what they have, a set: sure lines of code */
PyObject *core_read_rows(PyObject *module, PyObject *args)
{
    PyObject *given, *spans, *capsule = NULL, *out = NULL;
    Page page = {0};
    (void)module;
    if (!PyArg_ParseTuple(args, "OUO", &given, &page.text, &spans))
        return NULL;
    page.reader = held(given, READER);
    spans = page.reader ? PySequence_Tuple(spans) : NULL;
    if (spans == NULL)
        return NULL;
    page.rows = PyMem_Calloc(1, sizeof *page.rows);
    page.code = page.rows ? PySet_New(NULL) : PyErr_NoMemory();
    bool fine = page.code != NULL;
    Py_ssize_t count = PyTuple_Size(spans);
    for (Py_ssize_t i = 0; fine && i < count; i++)
        fine = read_line(&page, i + 1, PyTuple_GetItem(spans, i));
    if (fine && look_at_page(&page))
        capsule = PyCapsule_New(page.rows, ROWS, drop_rows);
    if (capsule != NULL) {
        out = Py_BuildValue("(NiO)", capsule, page.signs, page.code);
    } else if (page.rows != NULL) {
        free_rows(page.rows);
        PyMem_Free(page.rows);
    }
    Py_DECREF(spans);
    Py_XDECREF(page.code);
    PyMem_Free(page.chars);
    PyMem_Free(page.lines);
    return out;
}
