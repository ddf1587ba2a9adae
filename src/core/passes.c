/* Which of the passes over the rows of a page have anything to do.
 *
 * Each function stands beside the one of `articlecli/blocks/` that it names, and looks for the same
 * in less detail: where it cannot tell, the pass is to look. */

#include "reading.h"

static bool is_letter(Py_UCS4 c)
{
    return is_capital(c & ~32u) || c == '_';
}

/* `_HEADER` of `letters.py` */
static bool is_header(const Py_UCS4 *at, Py_ssize_t size)
{
    Py_ssize_t i = 0;
    while (i < size && i < 31 && (is_capital(at[i] & ~32u) || (i && at[i] == '-')))
        i++;
    return i > 1 && i < size && at[i] == ':' && (i + 1 == size || at[i + 1] == ' ');
}

/* Whether a line with one of the signs of code may be a sure line of it: in `listing.py`, what of
 * `_PROMPT` and `_CODE` is not `_WEAK` begins, ends or has in it what stands here. */
static bool may_be_code(const Py_UCS4 *at, Py_ssize_t size, int kinds)
{
    Py_UCS4 first = at[0], second = size > 1 ? at[1] : 0, last = at[size - 1];
    if (kinds & STRONG || last == '{' || last == ';' || is_capital(first - 32))
        return true;
    if (is_capital(first) && (is_capital(second) || first == 'I'))
        return true;
    if (first == '$' || first == '}' || first == ')' || first == ']' || first == '>')
        return true;
    Py_ssize_t i = 0;
    while (i < size && (is_letter(at[i]) || is_digit(at[i]) || at[i] == '.' || at[i] == '$'))
        i++;
    return i > 0 && i < size && at[i] == '(';
}

/* `_NUMBER` of `grids.py` */
static bool is_numbered(const Py_UCS4 *at, Py_ssize_t size)
{
    Py_ssize_t start = at[0] == '(', i = start;
    if (!start && !is_digit(at[0]))
        return false;
    while (i < size && i < start + 3 && (is_digit(at[i]) || at[i] > 127))
        i++;
    return i > start && i + 1 < size && (at[i] == '.' || at[i] == ')') && at[i + 1] == ' ';
}

static bool is_mark(Py_UCS4 c)
{
    return !is_letter(c) && !is_digit(c) && c != ' ';
}

/* `_FIGURE` of `grids.py`, of a line in ASCII */
static bool is_figure(const Py_UCS4 *at, Py_ssize_t size)
{
    Py_ssize_t i = 0, start;
    while (i < size && i < 2 && is_mark(at[i]))
        i++;
    if (i == size || !is_digit(at[i]))
        return false;
    while (i < size && (is_digit(at[i]) || at[i] == '.' || at[i] == ',' || at[i] == ':' ||
                        at[i] == '%' || at[i] == ' '))
        i++;
    for (start = i; i < size && is_letter(at[i]);)
        i++;
    if (i > start)
        return i - start <= 4 && (i == size || (i + 1 == size && at[i] == '.'));
    while (i < size && is_mark(at[i]))
        i++;
    return i == size && i - start <= 2;
}

/* `shape_of` of `grids.py`: a space where it has an empty text; 0 with an exception. */
static char shape_of(const Reader *reader, PyObject *text, const Py_UCS4 *at, Py_ssize_t size)
{
    if (size > reader->numbers[AT_cell] || has(&reader->sets[AT_cell_ends], at[size - 1]))
        return ' ';
    int class = class_of(reader->calls[AT_class_of], at[0]);
    if (class < 0)
        return 0;
    if (class & (NUMERAL | ALPHA))
        return class & NUMERAL ? '8' : 'a';
    bool ascii = true, alnum = false;
    for (Py_ssize_t i = 0; i < size; i++) {
        ascii &= at[i] < 128;
        alnum |= is_digit(at[i]) || is_capital(at[i] & ~32u);
    }
    if (ascii && (!alnum || !is_figure(at, size)))
        return alnum ? 'a' : ' ';
    PyObject *said = ask_of(reader->calls[AT_shape_of], text);
    Py_ssize_t count = said ? PyUnicode_GetLength(said) : -1;
    Py_UCS4 shape = count > 0 ? PyUnicode_ReadChar(said, 0) : count == 0 ? ' ' : 0;
    Py_XDECREF(said);
    if (count > 0 && (shape == 0 || shape > 127)) {
        PyErr_SetString(PyExc_ValueError, "a shape is out of range");
        return 0;
    }
    return (char)shape;
}

static uint64_t hash_of(const Py_UCS4 *at, Py_ssize_t size)
{
    uint64_t hash = 14695981039346656037u;
    for (Py_ssize_t i = 0; i < size; i++)
        hash = (hash ^ at[i]) * 1099511628211u;
    return hash;
}

static bool begins_code(const Reader *reader, PyObject *text)
{
    PyObject *words = reader->calls[AT_code_words];
    for (Py_ssize_t i = 0; i < PyTuple_Size(words); i++)
        if (PyUnicode_Tailmatch(text, PyTuple_GetItem(words, i), 0, PY_SSIZE_T_MAX, -1) == 1)
            return true;
    return false;
}

/* `mark_code` of `listing.py`: whether a row is a sure line of code. -1 with an exception. */
static int is_code(const Reader *reader, const Row *row, const Py_UCS4 *at, int kinds)
{
    if (row->length > reader->numbers[AT_widest] || !may_be_code(at, row->length, kinds) ||
        !(kinds & SIGN || (is_capital(at[0] - 32) && begins_code(reader, row->text))))
        return 0;
    PyObject *said = ask_of(reader->calls[AT_is_code], row->text);
    int truth = said ? PyObject_IsTrue(said) : -1;
    Py_XDECREF(said);
    return truth;
}

static bool add_place(PyObject *set, Py_ssize_t place)
{
    PyObject *index = PyLong_FromSsize_t(place);
    bool fine = index != NULL && PySet_Add(set, index) == 0;
    Py_XDECREF(index);
    return fine;
}

/* What the passes may find in the row that was read last. */
bool look_at_row(Page *page, const Row *row, Line *line, const Py_UCS4 *at, int kinds)
{
    const Reader *reader = page->reader;
    const long *numbers = reader->numbers;
    Py_ssize_t size = row->length, place = page->rows->count - 1;
    bool plain = row->kind == PLAIN;
    page->sum += size;
    if (size > page->longest)
        page->longest = size;
    if (place == 0 && is_header(at, size))
        page->signs |= MAIL;
    if (at[0] == '>')
        page->signs |= QUOTES;
    if (!plain && !has(&reader->sets[AT_bullets], at[0]))
        page->signs |= COLUMNS;
    int code = is_code(reader, row, at, kinds);
    if (code < 0 || (code && !add_place(page->code, place)))
        return false;
    line->numbered = plain && is_numbered(at, size);
    if (line->numbered && place > 0 && line[-1].numbered)
        page->signs |= NUMBERS;
    line->shape = plain ? shape_of(reader, row->text, at, size) : ' ';
    if (line->shape == 0)
        return false;
    if (size <= numbers[AT_sheet_line])
        for (Py_ssize_t i = 0; i < size && !line->digit; i++)
            line->digit = is_digit(at[i]) || at[i] > 127;
    Py_ssize_t end = size < numbers[AT_end] ? size : numbers[AT_end];
    line->head = hash_of(at, end);
    line->tail = hash_of(at + size - end, end);
    return true;
}

/* `mark_cells` of `grids.py`, rows asked for where they may begin a table. */
static bool look_for_cells(Page *page)
{
    const Reader *reader = page->reader;
    const Row *rows = page->rows->items;
    Py_ssize_t count = page->rows->count, end;
    for (Py_ssize_t start = 0; start < count; start = end) {
        const Line *lines = page->lines + start;
        Py_ssize_t figure = lines[0].shape == 'a' ? -1 : 0;
        end = start + 1;
        if (lines[0].shape == ' ')
            continue;
        for (; end < count && page->lines[end].shape != ' ' && rows[end].blank_lines == 0; end++)
            if (figure < 0 && page->lines[end].shape != 'a')
                figure = end - start;
        Py_ssize_t size = end - start;
        if (figure < 3 || figure >= 2 * reader->numbers[AT_widest_grid] ||
            size < 2 * reader->numbers[AT_cell_rows])
            continue;
        char *shapes = PyMem_Malloc((size_t)size);
        for (Py_ssize_t i = 0; shapes != NULL && i < size; i++)
            shapes[i] = lines[i].shape;
        PyObject *text = shapes ? PyUnicode_FromStringAndSize(shapes, size) : PyErr_NoMemory();
        PyObject *grid = text ? ask_of(reader->calls[AT_grid_of], text) : NULL;
        PyObject *width = grid ? PySequence_GetItem(grid, 0) : NULL;
        int truth = width ? PyObject_IsTrue(width) : -1;
        PyMem_Free(shapes);
        Py_XDECREF(text);
        Py_XDECREF(grid);
        Py_XDECREF(width);
        if (truth < 0)
            return false;
        if (truth)
            page->signs |= CELLS;
    }
    return true;
}

/* `_begins` and the end of `_is_menu` of `glued.py`: whether what is left of a row, its headline
 * taken off, is more than a mark and a name. -1 with an exception. */
static int is_more(const Page *page, const Row *row, Py_ssize_t at, Py_ssize_t step)
{
    while (at >= 0 && at < row->length && PyUnicode_ReadChar(row->text, at) == ' ')
        at += step;
    if (at < 0 || at >= row->length)
        return 0;
    int class = class_of(page->reader->calls[AT_class_of], PyUnicode_ReadChar(row->text, at));
    return class < 0 ? -1 : class & ALNUM && (step < 0 || !(class & LOWER));
}

typedef struct {
    int heads[256], tails[256];         /* the first of each, 0 for none, else its place and one */
    int more_heads[HEADS], more_tails[HEADS];
} Book;

/* Whether row i is one of the headlines and something else; -1 with an exception. */
static int is_glued(const Page *page, const Book *book, Py_ssize_t i)
{
    const Row *rows = page->rows->items, *row = &rows[i];
    const Line *lines = page->lines, *line = &lines[i];
    for (int k = book->tails[line->tail % 256] - 1; k >= 0; k = book->more_tails[k] - 1)
        if (lines[k].tail == line->tail && row->length > rows[k].length + 2 &&
            PyUnicode_Tailmatch(row->text, rows[k].text, 0, PY_SSIZE_T_MAX, 1) == 1) {
            int more = is_more(page, row, row->length - rows[k].length - 1, -1);
            if (more)
                return more;
        }
    for (int k = book->heads[line->head % 256] - 1; k >= 0; k = book->more_heads[k] - 1)
        if (lines[k].head == line->head && row->length > rows[k].length + 2 &&
            PyUnicode_Tailmatch(row->text, rows[k].text, 0, PY_SSIZE_T_MAX, -1) == 1) {
            int more = is_more(page, row, rows[k].length, 1);
            if (more)
                return more;
        }
    return 0;
}

/* `cut_glued` of `glued.py` */
static bool look_for_glued(Page *page)
{
    const long *numbers = page->reader->numbers;
    const Row *rows = page->rows->items;
    Book book = {0};
    for (int i = 0; i < page->rows->count && i < numbers[AT_head_rows]; i++) {
        const Line *line = &page->lines[i];
        if (rows[i].length < numbers[AT_least_head] || rows[i].length > numbers[AT_most_head] ||
            line->spaces < numbers[AT_head_spaces])
            continue;
        book.more_heads[i] = book.heads[line->head % 256];
        book.heads[line->head % 256] = i + 1;
        book.more_tails[i] = book.tails[line->tail % 256];
        book.tails[line->tail % 256] = i + 1;
    }
    for (Py_ssize_t i = 0; i < page->rows->count; i++) {
        int glued = rows[i].length > numbers[AT_least_glued] ? is_glued(page, &book, i) : 0;
        if (glued > 0)
            page->signs |= GLUED;
        if (glued)
            return glued > 0;
    }
    return true;
}

/* `_breaks` of `printed.py` */
static bool look_for_sheets(Page *page)
{
    const Reader *reader = page->reader;
    Py_ssize_t before = -1;
    long number = 0;
    for (Py_ssize_t i = 0; i < page->rows->count; i++) {
        const Row *row = &page->rows->items[i];
        bool apart = row->blank_lines || (i + 1 < page->rows->count && row[1].blank_lines);
        if (!page->lines[i].digit || !apart)
            continue;
        PyObject *said = ask_of(reader->calls[AT_sheet_number], row->text);
        if (said == NULL)
            return false;
        bool none = said == Py_None;
        long own = none ? 0 : PyLong_AsLong(said);
        Py_DECREF(said);
        if (own == -1 && PyErr_Occurred())
            return false;
        if (none)
            continue;
        if (before >= 0 && number < LONG_MAX && own == number + 1 && i > before + reader->numbers[AT_sheet]) {
            page->signs |= SHEETS;
            return true;
        }
        before = i;
        number = own;
    }
    return true;
}

bool look_at_page(Page *page)
{
    const long *numbers = page->reader->numbers;
    if (page->longest >= numbers[AT_one_line] && page->longest <= numbers[AT_longest] &&
        100 * page->longest >= numbers[AT_share] * page->sum)
        page->signs |= ONE_LINE;
    return look_for_cells(page) && look_for_glued(page) && look_for_sheets(page);
}
