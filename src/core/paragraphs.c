/* Beside `blocks/paragraphs.py`: rows → blocks. */

#include "joining.h"

static const char *const NAME_TEXTS[] = {NAMES(AS_TEXT)};
static const char JOINER[] = "articlecli.joiner";

static void free_joiner(Joiner *joiner)
{
    for (int i = 0; i < CALL_COUNT; i++)
        Py_XDECREF(joiner->calls[i]);
    for (int i = 0; i < NAME_COUNT; i++)
        Py_XDECREF(joiner->names[i]);
    Py_XDECREF(joiner->space);
    Py_XDECREF(joiner->empty);
    PyMem_Free(joiner);
}

static void drop_joiner(PyObject *capsule)
{
    Joiner *joiner = PyCapsule_GetPointer(capsule, JOINER);
    if (joiner != NULL)
        free_joiner(joiner);
}

/* joiner(calls, sets, numbers) */
PyObject *core_joiner(PyObject *module, PyObject *args)
{
    PyObject *calls, *sets, *numbers, *capsule = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "OOO", &calls, &sets, &numbers))
        return NULL;
    Joiner *made = PyMem_Calloc(1, sizeof *made);
    if (made == NULL)
        return PyErr_NoMemory();
    bool fine = copy_calls(made->calls, CALL_COUNT, calls) &&
                copy_sets(made->sets, SET_COUNT, sets) &&
                copy_numbers(made->numbers, NUMBER_COUNT, numbers);
    for (int i = 0; fine && i < NAME_COUNT; i++)
        fine = (made->names[i] = PyUnicode_InternFromString(NAME_TEXTS[i])) != NULL;
    made->space = PyUnicode_FromString(" ");
    made->empty = PyUnicode_FromString("");
    if (fine && made->space != NULL && made->empty != NULL)
        capsule = PyCapsule_New(made, JOINER, drop_joiner);
    if (capsule == NULL)
        free_joiner(made);
    return capsule;
}

static bool get_flag(const Joiner *joiner, PyObject *row, int name, bool *to)
{
    PyObject *value = PyObject_GetAttr(row, joiner->names[name]);
    int truth = value == Py_True ? 1 : value == Py_False ? 0 : value ? PyObject_IsTrue(value) : -1;
    Py_XDECREF(value);
    *to = truth == 1;
    return truth >= 0;
}

static bool read_row(const Joiner *joiner, PyObject *from, Row *to)
{
    PyObject **values[] = {&to->number, &to->start, &to->end, &to->text,
                           &to->gap, &to->mark, &to->field, &to->resumes};
    static const int names[] = {AT_number, AT_start, AT_end, AT_text,
                                AT_gap, AT_mark, AT_field, AT_resumes};
    for (int i = 0; i < 8; i++)
        if ((*values[i] = PyObject_GetAttr(from, joiner->names[names[i]])) == NULL)
            return false;
    int kind = kind_of(to->mark, joiner->calls[AT_no_mark]);
    to->length = PyUnicode_GetLength(to->text);
    if (to->length == 0)
        PyErr_SetString(PyExc_IndexError, "a row has no text");
    if (kind < 0 || to->length < 1)
        return false;
    to->kind = (Kind)kind;
    to->first = PyUnicode_ReadChar(to->text, 0);
    to->last = PyUnicode_ReadChar(to->text, to->length - 1);
    Py_ssize_t start = PyLong_AsSsize_t(to->start), end = PyLong_AsSsize_t(to->end);
    if (!PyErr_Occurred() && (start < 0 || end < start || end > PY_SSIZE_T_MAX / 256))
        PyErr_SetString(PyExc_ValueError, "a row has no such place");
    if (PyErr_Occurred())
        return false;
    to->width = end - start;
    to->blank_lines = PyLong_AsSsize_t(to->gap);
    to->told = to->field != Py_None;
    return !PyErr_Occurred() && get_flag(joiner, from, AT_silent, &to->silent) &&
           get_flag(joiner, from, AT_cut, &to->cut) &&
           get_flag(joiner, from, AT_joined, &to->joined);
}

/* The rows from one place to another, as Python has them. */
static PyObject *list_of(const Page *page, Py_ssize_t start, Py_ssize_t end)
{
    if (page->list != NULL)
        return PyList_GetSlice(page->list, start, end);
    Rows some = {(Row *)page->rows + start, end - start, 0};
    return python_rows(page->joiner->calls[AT_row], &some);
}

/* Brings the run that Python sees up to row i. It grows with the run: a new one for each row would
 * take time with the square of its length. */
static bool show_run(Page *page, Py_ssize_t start, Py_ssize_t i)
{
    if (page->run == NULL || page->run_start != start) {
        Py_XDECREF(page->run);
        page->run = PyList_New(0);
        page->run_start = page->run_end = start;
    }
    PyObject *more = page->run ? list_of(page, page->run_end, i) : NULL;
    Py_ssize_t last = PY_SSIZE_T_MAX;
    bool fine = more != NULL && PyList_SetSlice(page->run, last, last, more) == 0;
    Py_XDECREF(more);
    page->run_end = i;
    return fine;
}

/* What Python says of whether row i goes on with the run that begins with row `start`. */
static int ask_continues(Page *page, Py_ssize_t start, Py_ssize_t i)
{
    Py_ssize_t end = i + 1 < page->count ? i + 2 : i + 1;
    PyObject *rows = list_of(page, i, end), *width, *said = NULL;
    bool fine = rows != NULL && show_run(page, start, i);
    if (page->width < 0)
        Py_INCREF(width = Py_None);
    else
        width = PyLong_FromLong(page->width);
    if (fine && width != NULL)
        said = PyObject_CallFunctionObjArgs(
            page->joiner->calls[AT_continues], page->run, PyList_GetItem(rows, 0),
            end > i + 1 ? PyList_GetItem(rows, 1) : Py_None, width, NULL);
    int truth = said ? PyObject_IsTrue(said) : -1;
    Py_XDECREF(rows);
    Py_XDECREF(width);
    Py_XDECREF(said);
    return truth;
}

/* Whether `verse_lines` may find any: so many lines in stanzas, short, each with a space in it, of
 * which one ends as lines of verse do. */
static bool may_be_verse(const Page *page)
{
    const Joiner *joiner = page->joiner;
    const long *numbers = joiner->numbers;
    Py_ssize_t found = 0, size = 0;
    bool open = false;
    for (Py_ssize_t i = 0; i <= page->count; i++) {
        const Row *row = i < page->count ? &page->rows[i] : NULL;
        bool fits = row != NULL && row->kind == PLAIN && !row->told &&
                    row->length <= numbers[AT_verse] &&
                    !has(&joiner->sets[AT_closers], row->first) &&
                    PyUnicode_FindChar(row->text, ' ', 0, row->length, 1) >= 0;
        if (!fits || row->blank_lines) {
            if (open && size >= numbers[AT_stanza])
                found += size;
            size = 0;
            open = false;
        }
        if (fits) {
            size++;
            open |= has(&joiner->sets[AT_verse_ends], row->last);
        }
    }
    return found >= numbers[AT_poem];
}

/* Whether a space stands between a line and the next. */
static bool is_tight(const Joiner *joiner, Py_UCS4 last, Py_UCS4 first)
{
    if (has(&joiner->sets[AT_closers], first) || has(&joiner->sets[AT_openers], last))
        return true;
    bool hangul = last >= 0xAC00 && last <= 0xD7A3 && first >= 0xAC00 && first <= 0xD7A3;
    return last >= UNSPACED && first >= UNSPACED && !hangul;
}

/* `join_rows` of rows of which none is silent; Py_None where words are cut at their ends. */
static PyObject *text_of(const Page *page, Py_ssize_t start, Py_ssize_t end)
{
    const Joiner *joiner = page->joiner;
    const Row *rows = page->rows;
    PyObject *text = NULL, *first;
    if (rows[start].kind != PLAIN)
        first = PyObject_GetAttr(rows[start].mark, joiner->names[AT_text]);
    else
        Py_INCREF(first = rows[start].text);
    Py_ssize_t size = first ? PyUnicode_GetLength(first) : -1;
    if (size < 0) { /* none, or no text */
        Py_XDECREF(first);
        return NULL;
    }
    if (size == 0 || end - start == 1) {
        if (size > 0)
            return first;
        Py_DECREF(first);
        if (end - start == 1)
            Py_INCREF(text = rows[start].text);
        else
            Py_INCREF(text = Py_None);
        return text;
    }
    Py_UCS4 last = PyUnicode_ReadChar(first, size - 1);
    PyObject *parts = PyList_New(0);
    int fine = parts ? PyList_Append(parts, first) : -1;
    if (fine == 0 && rows[start].kind != PLAIN)
        fine = has(&joiner->sets[AT_hyphens], last);
    for (Py_ssize_t i = start + 1; fine == 0 && i < end; last = rows[i++].last) {
        fine = ends_inside_word(joiner, &rows[i - 1], &rows[i]);
        if (fine == 0 && !is_tight(joiner, last, rows[i].first))
            fine = PyList_Append(parts, joiner->space);
        if (fine == 0)
            fine = PyList_Append(parts, rows[i].text);
    }
    if (fine == 0)
        text = PyUnicode_Join(joiner->empty, parts);
    else if (fine > 0)
        Py_INCREF(text = Py_None);
    Py_DECREF(first);
    Py_XDECREF(parts);
    return text;
}

static PyObject *ask_block(const Page *page, Py_ssize_t start, Py_ssize_t end)
{
    PyObject *run = list_of(page, start, end), *made = NULL;
    PyObject *call = page->joiner->calls[AT_block_of];
    if (run != NULL)
        made = PyObject_CallFunctionObjArgs(call, run, page->known, NULL);
    Py_XDECREF(run);
    return made;
}

/* `block_of` */
static PyObject *block_of(const Page *page, Py_ssize_t start, Py_ssize_t end)
{
    const Joiner *joiner = page->joiner;
    const Row *first = &page->rows[start], *last = &page->rows[end - 1];
    bool plain = first->kind == PLAIN;
    bool asks = first->kind == CODE || first->kind == QUOTE || first->kind == OTHER;
    for (Py_ssize_t i = start; !asks && i < end && (end - start > 1 || !plain); i++)
        asks = page->rows[i].silent;
    PyObject *text = asks ? NULL : text_of(page, start, end);
    if (asks || text == Py_None) {
        Py_XDECREF(text);
        return ask_block(page, start, end);
    }
    PyObject *kind = plain ? Py_None : NULL, *level = NULL, *made = NULL;
    PyObject *lines = PyTuple_Pack(2, first->number, last->number);
    PyObject *span = PyTuple_Pack(2, first->start, last->end);
    if (plain)
        Py_INCREF(kind);
    else
        kind = PyObject_GetAttr(first->mark, joiner->names[AT_kind]);
    if (first->kind == HEADING || first->kind == LIST_ITEM)
        level = PyObject_GetAttr(first->mark, joiner->names[AT_level]);
    else
        level = PyLong_FromLong(0);
    if (text != NULL && kind != NULL && level != NULL && lines != NULL && span != NULL)
        made = PyObject_CallFunctionObjArgs(joiner->calls[AT_block], text, lines, span, first->gap,
                                            kind, level, Py_None,
                                            first->field ? first->field : Py_None,
                                            first->resumes ? first->resumes : Py_False, NULL);
    Py_XDECREF(text);
    Py_XDECREF(lines);
    Py_XDECREF(span);
    Py_XDECREF(kind);
    Py_XDECREF(level);
    return made;
}

static bool add_block(Page *page, Py_ssize_t start, Py_ssize_t end)
{
    PyObject *block = block_of(page, start, end);
    bool fine = block != NULL && PyList_Append(page->blocks, block) == 0;
    Py_XDECREF(block);
    return fine;
}

static PyObject *ask_of_page(const Page *page, int call)
{
    PyObject *list = list_of(page, 0, page->count);
    PyObject *said = list ? ask_of(page->joiner->calls[call], list) : NULL;
    Py_XDECREF(list);
    return said;
}

/* What is said of the whole page. */
static bool look_at_rows(Page *page)
{
    int hyphenated = page_width(page) ? is_hyphenated(page, true) : -1;
    if (hyphenated < 0)
        return false;
    page->known = hyphenated ? ask_of_page(page, AT_page_words) : PyFrozenSet_New(NULL);
    if (page->known == NULL || page->width >= 0 || !may_be_verse(page))
        return page->known != NULL;
    page->verse = ask_of_page(page, AT_verse_lines);
    return page->verse != NULL;
}

static bool join(Page *page)
{
    Py_ssize_t start = 0;
    bool silent = page->count > 0 && page->rows[0].silent && !page->rows[0].told;
    for (Py_ssize_t i = 1; i < page->count; i++) {
        const Row *row = &page->rows[i];
        int found = page->verse && !row->silent ? PySet_Contains(page->verse, row->number) : 0;
        if (found >= 0)
            found = found ? 0 : continues(page, start, i, silent);
        if (found == ASK)
            found = ask_continues(page, start, i);
        if (found < 0)
            return false;
        if (!found) {
            if (!add_block(page, start, i))
                return false;
            start = i;
        }
        silent = (silent || !found) && row->silent && !row->told;
    }
    return page->count == 0 || add_block(page, start, page->count);
}

/* Python's rows, read. */
static bool read_list(const Joiner *joiner, PyObject *list, Rows *to)
{
    Py_ssize_t count = PyList_Size(list);
    for (Py_ssize_t i = 0; i < count; i++) {
        Row *row = new_row(to);
        if (row == NULL || !read_row(joiner, PyList_GetItem(list, i), row))
            return false;
    }
    return true;
}

/* join(joiner, rows) → a list of blocks; rows are a list, or the core's own */
PyObject *core_join(PyObject *module, PyObject *args)
{
    PyObject *capsule, *given;
    Page page = {0};
    Rows own = {0};
    (void)module;
    if (!PyArg_ParseTuple(args, "OO", &capsule, &given))
        return NULL;
    page.joiner = held(capsule, JOINER);
    if (page.joiner == NULL)
        return NULL;
    const Rows *rows = &own;
    bool fine = true;
    if (PyList_Check(given)) { /* a copy: what is asked of its rows could change it */
        page.list = PyList_GetSlice(given, 0, PY_SSIZE_T_MAX);
        fine = page.list != NULL && read_list(page.joiner, page.list, &own);
    } else {
        fine = (rows = held(given, ROWS)) != NULL;
    }
    if (fine) {
        page.rows = rows->items;
        page.count = rows->count;
        page.blocks = PyList_New(0);
    }
    if (page.blocks != NULL && (!look_at_rows(&page) || !join(&page)))
        Py_CLEAR(page.blocks);
    free_rows(&own);
    Py_XDECREF(page.list);
    Py_XDECREF(page.run);
    Py_XDECREF(page.known);
    Py_XDECREF(page.verse);
    return page.blocks;
}
