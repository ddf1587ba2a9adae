/* Beside `blocks/gather.py`: pieces of text → a block, its links, and the words that stand out. */

#include "walk.h"
#include <string.h>

/* Whether a text may hold invisible characters: all of `characters.INVISIBLE` begin so. */
static bool may_be_invisible(Slice text)
{
    for (Py_ssize_t i = 0; i + 1 < text.size; i++) {
        unsigned char byte = (unsigned char)text.at[i], next = (unsigned char)text.at[i + 1];
        if (byte < 0xC2)
            continue;
        if ((byte == 0xC2 && next == 0xAD) || (byte == 0xD8 && next == 0x9C) ||
            (byte == 0xE1 && next == 0xA0) || (byte == 0xEF && next == 0xBB) ||
            (byte == 0xF3 && next == 0xA0))
            return true;
        if (byte == 0xE2 && (next == 0x80 || next == 0x81) && i + 2 < text.size) {
            unsigned char third = (unsigned char)text.at[i + 2];
            if (next == 0x81 ? third >= 0xA0
                             : (third >= 0x8B && third <= 0x8F) || (third >= 0xAA && third <= 0xAE))
                return true;
        }
    }
    return false;
}

/* Where a word ends. */
static Py_ssize_t end_of_word(Slice text, Py_ssize_t at)
{
    while (at < text.size) {
        unsigned char byte = (unsigned char)text.at[at];
        if (byte > ' ' && byte < 0x80)
            at++;
        else if (space_size(text, at) > 0)
            break;
        else
            at += char_size(text, at);
    }
    return at;
}

/* White space folded, behind what the buffer holds. */
static bool fold(Buffer *to, Slice text)
{
    bool begun = false, gap = false;
    for (Py_ssize_t at = 0, size; at < text.size;) {
        if ((size = space_size(text, at)) > 0) {
            gap = begun;
            at += size;
            continue;
        }
        Py_ssize_t end = end_of_word(text, at);
        /* Words with one blank between them are most, and copied together. */
        while (text.size - end > 1 && text.at[end] == ' ' && space_size(text, end + 1) == 0)
            end = end_of_word(text, end + 1);
        if ((gap && !add_bytes(to, " ", 1)) || !add_bytes(to, text.at + at, end - at))
            return false;
        begun = true;
        gap = false;
        at = end;
    }
    return true;
}

static PyObject *as_text(Slice of)
{
    return PyUnicode_FromStringAndSize(of.at, of.size);
}

static PyObject *shared(PyObject *object)
{
    Py_XINCREF(object);
    return object;
}

/* Some of what the pieces have, as a list: their texts or their tags. */
static PyObject *list_of(const Walk *walk, bool tags)
{
    PyObject *list = PyList_New(walk->used);
    for (Py_ssize_t i = 0; list != NULL && i < walk->used; i++) {
        PyObject *one = tags ? walk->pieces[i].tag : walk->pieces[i].text;
        Py_INCREF(one);
        if (PyList_SetItem(list, i, one) < 0)
            Py_CLEAR(list);
    }
    return list;
}

/* The text of some pieces; of several, behind what the buffer for it holds. */
static bool join_pieces(Walk *walk, Py_ssize_t from, Py_ssize_t to, Slice *joined)
{
    Buffer *raw = &walk->raw;
    Py_ssize_t before = raw->used;
    *joined = walk->pieces[from].is;
    for (Py_ssize_t i = from; to - from > 1 && i < to; i++)
        if (!add_bytes(raw, walk->pieces[i].is.at, walk->pieces[i].is.size))
            return false;
    if (to - from > 1)
        *joined = (Slice){raw->at + before, raw->used - before};
    return true;
}

/* A folded text as an object: a piece's own, where it is all of that. */
static PyObject *folded_text(const Piece *piece, Slice folded)
{
    if (folded.size == piece->is.size && memcmp(folded.at, piece->is.at, (size_t)folded.size) == 0)
        return shared(piece->text);
    return as_text(folded);
}

/* The text of the pieces without what nobody sees, and its characters, white space not folded yet.
 * A new reference where it is not that of the pieces, else NULL. */
static bool read_raw(Walk *walk, PyObject **made, Slice *raw)
{
    *made = NULL;
    walk->raw.used = 0;
    if (!join_pieces(walk, 0, walk->used, raw))
        return false;
    const char *sign = walk->first.code ? NULL : memchr(raw->at, '&', (size_t)raw->size);
    if (sign != NULL && memchr(sign, ';', (size_t)(raw->at + raw->size - sign)) != NULL) {
        PyObject *texts = list_of(walk, false), *tags = texts ? list_of(walk, true) : NULL;
        *made = tags ? ask(walk, ASK_cleaned, texts, tags, NULL) : NULL;
        Py_XDECREF(texts);
        Py_XDECREF(tags);
    } else if (may_be_invisible(*raw)) {
        PyObject *text = as_text(*raw);
        *made = text ? ask(walk, ASK_without_invisible, text, NULL, NULL) : NULL;
        Py_XDECREF(text);
    } else {
        return true;
    }
    return *made != NULL && slice_of(*made, raw);
}

/* Values as a tuple, which takes them; NULL where one of them could not be made. */
static PyObject *pack(PyObject *const *values, Py_ssize_t count)
{
    PyObject *tuple = PyTuple_New(count);
    bool fine = tuple != NULL;
    for (Py_ssize_t i = 0; i < count; i++) {
        fine = fine && values[i] != NULL;
        if (tuple == NULL)
            Py_XDECREF(values[i]);
        else if (values[i] != NULL)
            PyTuple_SetItem(tuple, i, values[i]);
    }
    if (!fine)
        Py_CLEAR(tuple);
    return tuple;
}

/* An object of a class made of values, which it takes. `Py_BuildValue` takes twice as long. */
static PyObject *make(PyObject *class, PyObject *const *values, Py_ssize_t count)
{
    PyObject *tuple = pack(values, count);
    PyObject *made = tuple ? PyObject_CallObject(class, tuple) : NULL;
    Py_XDECREF(tuple);
    return made;
}

static bool add_link(Walk *walk, PyObject *list, Py_ssize_t from, Py_ssize_t to)
{
    PyObject *target = walk->pieces[from].link, *link = NULL;
    Buffer *text = &walk->text;
    Slice joined;
    if (target == NULL || PyUnicode_GetLength(target) == 0)
        return true;
    Py_ssize_t before = walk->raw.used, start = text->used;
    bool fine = join_pieces(walk, from, to, &joined) && fold(text, joined);
    if (fine && text->used > start) {
        PyObject *own = folded_text(&walk->pieces[from], (Slice){text->at + start, text->used - start});
        if (own != NULL)
            link = PyObject_CallFunctionObjArgs(walk->given->make[MAKE_Link], own, target, NULL);
        fine = link != NULL && PyList_Append(list, link) == 0;
        Py_XDECREF(own);
        Py_XDECREF(link);
    }
    walk->raw.used = before;
    text->used = start;
    return fine;
}

/* `_links` */
static PyObject *links_of(Walk *walk)
{
    PyObject *list = PyList_New(0), *tuple = NULL;
    bool fine = list != NULL;
    for (Py_ssize_t i = 0, from = 0; fine && i < walk->used; i++) {
        PyObject *own = walk->pieces[i].link, *next = NULL;
        if (i + 1 < walk->used) {
            next = walk->pieces[i + 1].link;
            if (own == next || (own && next && PyUnicode_Compare(own, next) == 0))
                continue;
        }
        fine = add_link(walk, list, from, i + 1);
        from = i + 1;
    }
    if (fine)
        tuple = PyList_AsTuple(list);
    Py_XDECREF(list);
    return tuple;
}

/* Characters of a piece that are seen, -1 with an exception. */
static Py_ssize_t seen_of(const Walk *walk, const Piece *piece)
{
    Slice is = piece->is;
    PyObject *made = NULL;
    Py_ssize_t count = 0;
    if (may_be_invisible(is)) {
        made = ask(walk, ASK_without_invisible, piece->text, NULL, NULL);
        if (made == NULL || !slice_of(made, &is)) {
            Py_XDECREF(made);
            return -1;
        }
    }
    for (Py_ssize_t at = 0; at < is.size; at += char_size(is, at))
        count += space_size(is, at) == 0;
    Py_XDECREF(made);
    return count;
}

static bool add_mark(const Walk *walk, PyObject *list, int style, Py_ssize_t from, Py_ssize_t to)
{
    static const int NAMES[] = {W_code, W_emphasis, W_strong};
    PyObject *values[] = {shared(walk->given->words[NAMES[style]]), PyLong_FromSsize_t(from),
                          PyLong_FromSsize_t(to)};
    PyObject *mark = make(walk->given->make[MAKE_Mark], values, 3);
    bool fine = mark != NULL && PyList_Append(list, mark) == 0;
    Py_XDECREF(mark);
    return fine;
}

/* `_style`: words that stand out, of a text in which `seen` counts the characters up to each piece
 * and `places` tells where they stand. */
static bool add_marks(const Walk *walk, PyObject *list, const Py_ssize_t *seen,
                      const Py_ssize_t *places)
{
    for (int style = 0; style < 3; style++) {
        Py_ssize_t begun = -1;
        for (Py_ssize_t i = 0; i <= walk->used; i++) {
            if (i < walk->used && walk->pieces[i].style >> style & 1) {
                begun = begun < 0 ? i : begun;
            } else if (begun >= 0) {
                if (seen[begun] < seen[i] &&
                    !add_mark(walk, list, style, places[seen[begun]], places[seen[i] - 1] + 1))
                    return false;
                begun = -1;
            }
        }
    }
    return true;
}

static PyObject *style_of(const Walk *walk, Slice text)
{
    PyObject *list = PyList_New(0), *tuple = NULL;
    Py_ssize_t *seen = PyMem_Calloc((size_t)walk->used + 1, sizeof *seen);
    Py_ssize_t *places = PyMem_Calloc((size_t)text.size + 1, sizeof *places);
    Py_ssize_t count = 0, number = 0;
    bool fine = list != NULL && seen != NULL && places != NULL;
    if (list != NULL && !fine)
        PyErr_NoMemory();
    for (Py_ssize_t i = 0; fine && i < walk->used; i++) {
        Py_ssize_t own = seen_of(walk, &walk->pieces[i]);
        fine = own >= 0;
        seen[i + 1] = seen[i] + own;
    }
    for (Py_ssize_t at = 0; fine && at < text.size; at += char_size(text, at), number++)
        if (space_size(text, at) == 0)
            places[count++] = number;
    if (fine && count == seen[walk->used])
        fine = add_marks(walk, list, seen, places);
    if (fine)
        tuple = PyList_AsTuple(list);
    Py_XDECREF(list);
    PyMem_Free(seen);
    PyMem_Free(places);
    return tuple;
}

/* The tags of owners that are no block-level ones, as a set. */
static PyObject *inline_tags(const Walk *walk)
{
    PyObject *first = NULL, *list = NULL, *set = NULL;
    for (Py_ssize_t i = 0; i < walk->used; i++) {
        PyObject *tag = walk->pieces[i].tag;
        if (walk->pieces[i].block)
            continue;
        if (first == NULL)
            first = tag;
        else if (list == NULL && PyUnicode_Compare(first, tag) != 0)
            list = Py_BuildValue("[OO]", first, tag);
        else if (list != NULL && PyList_Append(list, tag) < 0)
            Py_CLEAR(list);
        if (PyErr_Occurred())
            return NULL;
    }
    if (list != NULL) {
        set = PyFrozenSet_New(list);
        Py_DECREF(list);
        return set;
    }
    set = first ? PyDict_GetItemWithError(walk->alone, first) : walk->given->nothing;
    if (set != NULL) {
        Py_INCREF(set);
    } else if (!PyErr_Occurred() && (list = Py_BuildValue("(O)", first)) != NULL) {
        set = PyFrozenSet_New(list);
        Py_DECREF(list);
        if (set != NULL && PyDict_SetItem(walk->alone, first, set) < 0)
            Py_CLEAR(set);
    }
    return set;
}

static bool add_block(Walk *walk, PyObject *text, int kind, long level, PyObject *markup)
{
    const Given *given = walk->given;
    Py_ssize_t end = walk->start + PyUnicode_GetLength(text);
    PyObject *number = PyLong_FromSsize_t(PyList_Size(walk->blocks) + 1);
    PyObject *lines[] = {number, shared(number)};
    PyObject *span[] = {PyLong_FromSsize_t(walk->start), PyLong_FromSsize_t(end)};
    PyObject *values[] = {shared(text), pack(lines, 2), pack(span, 2), PyLong_FromLong(0),
                          shared(given->kinds[kind]), PyLong_FromLong(level), shared(markup)};
    walk->start = end + 1;
    PyObject *block = make(given->make[MAKE_Block], values, 7);
    bool fine = block != NULL && PyList_Append(walk->blocks, block) == 0;
    Py_XDECREF(block);
    return fine;
}

/* A block without text for a column that a cell takes and leaves empty. */
bool add_empty_cell(Walk *walk, const Open *cell, int64_t number)
{
    const Given *given = walk->given;
    PyObject *markup = NULL;
    PyObject *values = Py_BuildValue("(OOdOLL)", given->blank, given->blank, 0.0, Py_False,
                                     (long long)cell->row, (long long)(cell->serial + number));
    if (values != NULL)
        markup = PyObject_CallObject(given->make[MAKE_Markup], values);
    bool fine = markup != NULL && add_block(walk, given->blank, NO_KIND, 0, markup);
    walk->rows = true;
    Py_XDECREF(values);
    Py_XDECREF(markup);
    return fine;
}

/* The block of a text; `raw` is the number of its characters before white space was folded. */
static bool finish(Walk *walk, PyObject *text, Slice seen, Py_ssize_t raw)
{
    const Given *given = walk->given;
    const Open *first = &walk->first;
    Py_ssize_t linked = 0;
    bool strong = true, hidden = first->hidden, has_links = false;
    int styles = 0;
    for (Py_ssize_t i = 0; i < walk->used; i++) {
        const Piece *piece = &walk->pieces[i];
        if (piece->link != NULL)
            linked += piece->chars;
        styles |= piece->style;
        if (!(piece->strong && piece->hidden) && !is_blank(piece->is)) {
            strong = strong && piece->strong;
            hidden = hidden && piece->hidden;
        }
    }
    has_links = linked > 0;
    PyObject *tags = inline_tags(walk), *links = given->none, *style = given->none;
    Py_INCREF(links);
    Py_INCREF(style);
    if (tags != NULL && has_links) {
        Py_DECREF(links);
        links = links_of(walk);
    }
    if (links != NULL && styles && !first->code) {
        Py_DECREF(style);
        style = style_of(walk, seen);
    }
    double share = (double)linked / (double)raw;
    PyObject *values[] = {
        shared(first->path), shared(first->marks), PyFloat_FromDouble(share < 1.0 ? share : 1.0),
        shared(strong ? Py_True : Py_False), PyLong_FromLongLong(first->row),
        PyLong_FromLongLong(first->cell), PyLong_FromLongLong(first->table),
        shared(hidden ? Py_True : Py_False), PyLong_FromLongLong(first->item),
        PyLong_FromLongLong(first->number), tags, shared(given->nothing), links, style};
    PyObject *markup = make(given->make[MAKE_Markup], values, sizeof values / sizeof *values);
    walk->rows = walk->rows || first->row != 0;
    int kind = first->code ? KIND_code : first->kind;
    bool leveled = kind == KIND_heading || kind == KIND_list_item;
    bool fine = markup != NULL && add_block(walk, text, kind, leveled ? first->level : 0, markup);
    Py_XDECREF(markup);
    return fine;
}

static bool all_invisible(const Given *given, Slice text)
{
    for (Py_ssize_t at = 0; at < text.size; at += char_size(text, at))
        if (!holds(&given->invisible, text, at))
            return false;
    return true;
}

/* `Gathered.block`: the block made of the pieces, if there are any and a character can be seen. */
bool end_block(Walk *walk)
{
    PyObject *made, *text = NULL;
    Slice raw, seen;
    if (walk->used == 0)
        return true;
    bool fine = read_raw(walk, &made, &raw);
    if (fine && walk->first.code) {
        PyObject *given = made ? made : as_text(raw);
        text = given ? ask(walk, ASK_code_text, given, NULL, NULL) : NULL;
        fine = text != NULL && slice_of(text, &seen);
        if (given != made)
            Py_XDECREF(given);
    } else if (fine) {
        walk->text.used = 0;
        fine = fold(&walk->text, raw);
        seen = (Slice){walk->text.at, walk->text.used};
    }
    if (fine && !is_blank(seen) && !all_invisible(walk->given, seen)) {
        Py_ssize_t chars = 0;
        for (Py_ssize_t i = 0; i < walk->used && made == NULL; i++)
            chars += walk->pieces[i].chars;
        if (made != NULL)
            chars = count_chars(raw);
        if (text == NULL)
            text = folded_text(&walk->pieces[0], seen);
        fine = text != NULL && slice_of(text, &seen) && finish(walk, text, seen, chars);
    }
    Py_XDECREF(made);
    Py_XDECREF(text);
    drop_pieces(walk);
    return fine;
}
