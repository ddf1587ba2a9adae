/* Beside `blocks/element.py`: an open tag, and what it says of the text inside. */

#include "walk.h"
#include <string.h>

/* The number of an attribute, -1 of one that is not looked at. */
static int number_of(const Given *given, Slice name)
{
    int at = name.size <= LONGEST_NAME ? given->by_size[name.size] : -1;
    for (; at >= 0; at = given->names[at].next)
        if (memcmp(given->names[at].is.at, name.at, (size_t)name.size) == 0)
            return given->names[at].number;
    return -1;
}

static bool read_attributes(const Walk *walk, PyObject *attributes, Said *to)
{
    PyObject *name, *value;
    Py_ssize_t at = 0;
    to->there = 0;
    while (PyDict_Next(attributes, &at, &name, &value)) {
        Slice is;
        if (!slice_of(name, &is))
            return false;
        int number = number_of(walk->given, is);
        if (number >= 0) {
            to->named[number] = value;
            to->there |= 1u << number;
        }
    }
    return true;
}

/* Appends a text, its letters of ASCII as small ones; sets bits of `all` that its bytes have. */
static bool add_small(Buffer *to, Slice text, unsigned char *all)
{
    if (!add_bytes(to, text.at, text.size))
        return false;
    unsigned char *at = (unsigned char *)to->at + to->used - text.size, seen = 0;
    for (Py_ssize_t i = 0; i < text.size; i++) {
        unsigned char byte = at[i];
        seen |= byte;
        at[i] = byte + (unsigned char)(((unsigned char)(byte - 'A') < 26) << 5);
    }
    *all |= seen;
    return true;
}

/* The words of `MARKED`, lower-cased, into `walk->own`, and how many characters they have. */
static bool read_marks(Walk *walk, const Said *said, Py_ssize_t *chars)
{
    Buffer *own = &walk->own;
    unsigned char all = 0;
    own->used = 0;
    for (uint32_t i = 0, left = said->there & ((1u << MOST_MARKED) - 1); left; i++, left >>= 1) {
        Slice value;
        if (!(left & 1) || said->named[i] == Py_None)
            continue;
        if (!slice_of(said->named[i], &value))
            return false;
        if (value.size > 0 &&
            ((own->used > 0 && !add_bytes(own, " ", 1)) || !add_small(own, value, &all)))
            return false;
    }
    *chars = own->used;
    if (all < 0x80)
        return true;
    /* Letters of ASCII change none of the others, so that they may be lower-cased above. */
    PyObject *text = PyUnicode_FromStringAndSize(own->at, own->used), *lower = NULL;
    Slice told;
    if (text != NULL)
        lower = PyObject_CallMethodObjArgs(text, walk->given->words[W_lower], NULL);
    own->used = 0;
    bool fine = lower != NULL && slice_of(lower, &told) && add_bytes(own, told.at, told.size);
    *chars = fine ? count_chars(told) : 0;
    Py_XDECREF(text);
    Py_XDECREF(lower);
    return fine;
}

/* Bytes that the first characters of a text take. */
static Py_ssize_t bytes_of(Slice text, Py_ssize_t chars)
{
    Py_ssize_t at = 0;
    for (; chars > 0 && at < text.size; chars--)
        at += char_size(text, at);
    return at;
}

/* `place`: the tags and the words of `MARKED` from the root down to an element. */
static bool read_place(Walk *walk, Open *open, const Tag *tag, const Said *said)
{
    Buffer *path = &walk->path, *marks = &walk->marks;
    Py_ssize_t longest = walk->given->sizes[S_LONGEST_MARKS], chars;
    if (open->path_chars >= walk->given->sizes[S_LONGEST_PATH])
        return true;
    path->used = open->path_end;
    marks->used = open->marks_end;
    if ((path->used > 0 && !add_bytes(path, "/", 1)) || !add_bytes(path, tag->is.at, tag->is.size) ||
        !read_marks(walk, said, &chars))
        return false;
    open->path_chars += (open->path_end > 0) + tag->chars;
    open->path_end = path->used;
    Slice own = {walk->own.at, walk->own.used};
    if (chars > longest) {
        own.size = bytes_of(own, longest);
        while (own.size > 0 && own.at[own.size - 1] != ' ')
            own.size--;
        own.size -= own.size > 0;
        chars = count_chars(own);
    }
    if (own.size > 0) {
        bool more = open->marks_end > open->marks_start;
        if ((more && !add_bytes(marks, " ", 1)) || !add_bytes(marks, own.at, own.size))
            return false;
        open->marks_chars += more + chars;
        open->marks_end = marks->used;
    }
    if (open->marks_chars > longest) { /* the nearest say most */
        Slice all = {marks->at + open->marks_start, open->marks_end - open->marks_start};
        Py_ssize_t from = bytes_of(all, open->marks_chars - longest);
        while (from < all.size && all.at[from] != ' ')
            from++;
        from += from < all.size;
        open->marks_start += from;
        open->marks_chars = count_chars((Slice){all.at + from, all.size - from});
    }
    int kind = (int)(open->traits >> KIND_SHIFT);
    if (kind != NO_KIND && !(kind == KIND_paragraph && open->kind != NO_KIND)) {
        open->kind = (uint8_t)kind;
        if (kind == KIND_heading)
            open->level = tag->is.at[1] - '0';
    }
    if (IS(open, list) && open->kind != KIND_heading)
        open->level++;
    return true;
}

#define HIGHEST ((int64_t)1 << 40) /* of an item; those of pages have nine digits */

static bool is_number(int64_t number)
{
    if (number >= -HIGHEST && number <= HIGHEST)
        return true;
    PyErr_SetString(PyExc_OverflowError, "the number of an item is out of range");
    return false;
}

/* The number in an attribute; false with an exception, or where there is none. */
static bool read_number(const Walk *walk, PyObject *told, int64_t *to)
{
    PyObject *said = told ? ask(walk, ASK_number_of, told, NULL, NULL) : NULL;
    bool found = said != NULL && said != Py_None;
    int64_t number = found ? PyLong_AsLongLong(said) : 0;
    Py_XDECREF(said);
    if (!found || PyErr_Occurred() || !is_number(number))
        return false;
    *to = number;
    return true;
}

/* `_list` */
static bool number_list(const Walk *walk, Open *open, PyObject *node, const Said *said,
                        PyObject *attributes)
{
    long long items, step;
    if (!(said->there & (1u << START | 1u << REVERSED)))
        return true;
    PyObject *told = ask(walk, ASK_numbering, node, attributes, NULL);
    bool fine = told != NULL && PyArg_ParseTuple(told, "LL", &items, &step);
    Py_XDECREF(told);
    fine = fine && is_number(items) && is_number(step);
    if (fine) {
        open->items = items;
        open->step = step;
    }
    return fine;
}

static void open_item(const Walk *walk, Open *open, Open *up, const Said *said)
{
    open->item = open->serial;
    open->number = 0;
    if (!IS(up, ordered))
        return;
    if (!read_number(walk, told_by(said, VALUE), &up->items))
        up->items += up->step;
    open->number = up->items > 0 ? up->items : 0;
}

static bool open_table(const Walk *walk, Open *open, PyObject *node, PyObject *attributes)
{
    open->tables++;
    open->table = open->serial;
    open->row = 0;
    open->layout = open->tables > walk->given->sizes[S_NESTED];
    if (open->layout)
        return true;
    PyObject *told = ask(walk, ASK_table, node, attributes, NULL);
    int layout = 0, listing = 0;
    bool fine = told != NULL && PyArg_ParseTuple(told, "pp", &layout, &listing);
    Py_XDECREF(told);
    open->layout = layout;
    open->code = open->code || listing;
    return fine;
}

#define BIT(trait) ((uint64_t)1 << T_##trait)
#define APPLIED                                                                                    \
    (BIT(pre) | BIT(strong) | BIT(emphasis) | BIT(code) | BIT(raised) | BIT(link) | BIT(rows) |    \
     BIT(cell) | BIT(item) | BIT(table) | BIT(ordered))

/* `SAID`: what a tag says beside what the tags above it say. */
static bool apply_tag(Walk *walk, Open *open, Open *up, PyObject *node, const Said *said,
                      PyObject *attributes)
{
    if (IS(open, pre))
        open->code = true;
    if (IS(open, strong)) {
        open->strong = true;
        open->style |= STRONG;
    }
    if (IS(open, emphasis))
        open->style |= EMPHASIS;
    if (IS(open, code))
        open->style |= CODE;
    if (IS(open, raised))
        open->raised = open->tag;
    if (IS(open, link)) {
        PyObject *href = told_by(said, HREF);
        if (href && href != Py_None && PyUnicode_GetLength(href) < 0)
            return false;
        Py_XDECREF(open->link);
        open->link = href && href != Py_None ? href : walk->given->blank;
        Py_INCREF(open->link);
    }
    if (IS(open, rows)) {
        open->layout = up->layout;
        open->row = up->layout ? 0 : IS(open, line) ? open->serial : up->row;
    }
    if (IS(open, cell))
        open->cell = open->serial;
    if (IS(open, item))
        open_item(walk, open, up, said);
    if (PyErr_Occurred())
        return false;
    if (IS(open, table))
        return open_table(walk, open, node, attributes);
    if (IS(open, ordered))
        return number_list(walk, open, node, said, attributes);
    return true;
}

/* An element begins as what is above it, apart from what is its own. */
static void inherit(Open *open, const Open *up, uint64_t traits)
{
    *open = *up;
    open->traits = traits;
    open->quotes = open->path = open->marks = NULL;
    open->items = 0;
    open->step = 1;
    open->columns = 1;
    open->layout = false;
    Py_XINCREF(open->link);
    open->up = up->serial;
    open->block = IS(open, block) && !up->code;
}

void free_open(Open *open)
{
    Py_XDECREF(open->tag);
    Py_XDECREF(open->link);
    Py_XDECREF(open->quotes);
    Py_XDECREF(open->path);
    Py_XDECREF(open->marks);
}

/* `hidden` of an element in none that is hidden; -1 with an exception. */
static int read_hidden(const Walk *walk, const Open *open, const Said *said, PyObject *attributes)
{
    if (!IS(open, dialog) && !(said->there & (1u << HIDDEN | 1u << ARIA_HIDDEN | 1u << STYLE)))
        return 0;
    int hidden = is_hidden(said, IS(open, dialog));
    return hidden == 2 ? ask_flag(walk, ASK_is_hidden, open->tag, attributes) : hidden;
}

/* `Element.__init__`, of an element that is what is above it so far, `up`. */
static bool read_element(Walk *walk, Open *open, Open *up, PyObject *node, const Tag *tag,
                         PyObject *attributes)
{
    Said said;
    if (!read_attributes(walk, attributes, &said))
        return false;
    if (!open->hidden) {
        int hidden = read_hidden(walk, open, &said, attributes);
        if (hidden < 0)
            return false;
        open->hidden = hidden;
    }
    if (up != NULL && tag->joined && !up->code) {
        int holds = ask_flag(walk, ASK_holds_blocks, node, NULL);
        if (holds < 0)
            return false;
        open->block = holds;
    } else if (up != NULL && !tag->joined && (tag->traits & APPLIED) != 0) {
        if (!apply_tag(walk, open, up, node, &said, attributes))
            return false;
    }
    if (IS(open, cell) && told_by(&said, COLSPAN) != NULL) {
        PyObject *told = ask(walk, ASK_columns_of, attributes, NULL, NULL);
        open->columns = told ? PyLong_AsSsize_t(told) : -1;
        Py_XDECREF(told);
        if (open->columns < 0)
            return false;
    }
    return read_place(walk, open, tag, &said);
}

/* A line of code ends where a block-level tag begins inside of it. */
static bool end_line_of_code(Walk *walk, Open *owner)
{
    if (walk->used == 0 || IS(owner, no_line))
        return true;
    PyObject *line = PyUnicode_FromStringAndSize("\n", 1);
    bool fine = line != NULL && append_text(walk, line, owner);
    Py_XDECREF(line);
    return fine;
}

/* `Walker.enter`: an element begins; a block-level one ends the text above it. */
bool enter(Walk *walk, PyObject *node, const Tag *tag, PyObject *attributes)
{
    if (walk->depth == walk->stack_room &&
        !grow((void **)&walk->stack, &walk->stack_room, sizeof(Open)))
        return false;
    Open *open = &walk->stack[walk->depth], *up = walk->depth > 0 ? open - 1 : NULL;
    if (up != NULL) {
        if (up->code && (tag->traits >> T_block & 1) && !end_line_of_code(walk, up))
            return false;
        inherit(open, up, tag->traits);
    } else {
        *open = (Open){.step = 1, .columns = 1, .traits = tag->traits};
        open->block = IS(open, block);
    }
    Py_INCREF(open->tag = tag->tag);
    /* The columns that a cell takes have numbers between its own and the next. */
    walk->order += walk->given->sizes[S_WIDEST] + 1;
    open->serial = walk->order;
    open->begun = PyList_Size(walk->blocks);
    if (!read_element(walk, open, up, node, tag, attributes) || (open->block && !end_block(walk))) {
        free_open(open);
        return false;
    }
    walk->depth++;
    return true;
}

/* `Walker.leave`: the innermost element ends, and with it the block or the cell that it is. */
bool leave(Walk *walk)
{
    Open *left = &walk->stack[walk->depth - 1];
    bool fine = true;
    if (left->serial == walk->passed)
        walk->passed = 0;
    walk->nested -= IS(left, noscript);
    if (left->block)
        fine = end_block(walk);
    if (fine && walk->used > 0 && left->quotes != NULL && PyUnicode_GetLength(left->quotes) > 0)
        fine = append_text(walk, left->quotes, left);
    if (fine && left->row && IS(left, cell)) {
        bool bare = left->begun == PyList_Size(walk->blocks);
        Py_ssize_t columns = walk->empty < walk->given->sizes[S_MOST_EMPTY] ? left->columns : 1;
        walk->empty += columns - 1 + bare;
        for (Py_ssize_t number = bare ? 0 : 1; fine && number < columns; number++)
            fine = add_empty_cell(walk, left, number);
    }
    free_open(left);
    walk->depth--;
    return fine;
}
