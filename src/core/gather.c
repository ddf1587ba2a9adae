/* Beside `blocks/gather.py`: text between two block-level tags, piece by piece. */

#include "walk.h"
#include <string.h>

Slice first_char(Slice text)
{
    return (Slice){text.at, text.size > 0 ? char_size(text, 0) : 0};
}

static Slice last_char(Slice text)
{
    Py_ssize_t at = text.size > 0 ? char_before(text, text.size) : 0;
    return (Slice){text.at + at, text.size - at};
}

bool is_blank(Slice text)
{
    for (Py_ssize_t at = 0, size; at < text.size; at += size) {
        uint64_t eight; /* most white space is that in front of a tag in a line of its own */
        size = 8;
        if (text.size - at < 8 || (memcpy(&eight, text.at + at, 8), eight != 0x2020202020202020u))
            if ((size = space_size(text, at)) == 0)
                return false;
    }
    return true;
}

/* Whether one character, or none, is what a method of `str` asks; -1 with an exception. */
int char_is(const Walk *walk, Slice one, int method)
{
    if (one.size == 0)
        return 0;
    if (one.size == 1) {
        char c = one.at[0];
        bool small = c >= 'a' && c <= 'z', large = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
        return method == W_isalnum   ? small || large || digit
               : method == W_isupper ? large
               : method == W_islower ? small
                                     : digit;
    }
    PyObject *text = PyUnicode_FromStringAndSize(one.at, one.size);
    PyObject *said = NULL;
    if (text != NULL)
        said = PyObject_CallMethodObjArgs(text, walk->given->words[method], NULL);
    int found = said ? PyObject_IsTrue(said) : -1;
    Py_XDECREF(text);
    Py_XDECREF(said);
    return found;
}

static bool is_text(PyObject *string)
{
    return string != NULL && PyUnicode_GetLength(string) > 0;
}

static bool same_text(PyObject *left, PyObject *right)
{
    if (left == right || left == NULL || right == NULL)
        return left == right;
    return PyUnicode_Compare(left, right) == 0;
}

static Py_ssize_t visible_length(Slice text)
{
    Py_ssize_t from = 0, end = text.size, size;
    while (from < end && (size = space_size(text, from)) > 0)
        from += size;
    while (end > from && space_size(text, char_before(text, end)) > 0)
        end = char_before(text, end);
    return count_chars((Slice){text.at + from, end - from});
}

/* Whether `ends_sentence` has to be asked: `$` stands in front of a last line break too. */
static bool may_end_sentence(Slice text)
{
    if (text.size > 0 && text.at[text.size - 1] == '\n')
        text.size--;
    char last = text.size > 0 ? text.at[text.size - 1] : 0;
    return last == '.' || last == '!' || last == '?';
}

/* `_is_gap`, of which `upper` says whether the text begins with a capital; -1 with an exception. */
static int is_gap(const Walk *walk, const Piece *left, Slice text, const Open *right)
{
    Slice last = last_char(left->is), first = first_char(text);
    if (left->code)
        return 0;
    int upper = char_is(walk, first, W_isupper);
    if (upper < 0)
        return -1;
    if (upper && IS(right, notes) && IS(left, notes_beside) &&
        may_end_sentence(left->is) && memchr(text.at, ' ', (size_t)text.size) != NULL) {
        int ends = ask_flag(walk, ASK_ends_sentence, left->text, NULL);
        if (ends != 0)
            return ends;
    }
    int met = char_is(walk, last, W_isalnum);
    if (met <= 0)
        return met;
    bool stands_out = left->up == right->serial && left->strong &&
                      visible_length(left->is) >= walk->given->sizes[S_TITLED];
    if (!stands_out) {
        bool both_links = is_text(left->link) && is_text(right->link);
        if (left->block || right->block || !IS(left, apart) || !IS(right, apart))
            return 0;
        if ((IS(left, link) && IS(right, link)) || both_links) {
            bool same = same_text(left->link, right->link);
            if (!same || (IS(left, link) && IS(right, link)))
                return !same;
        }
        if (IS(left, time) && IS(right, time))
            return 1;
        if (left->up != right->up)
            return 0;
    }
    int small = upper ? char_is(walk, last, W_islower) : 0;
    if (upper && small == 0 && !stands_out)
        small = char_is(walk, last, W_isdecimal);
    return small;
}

/* A text of some bytes: the last one, where it is the same; a new reference. */
static PyObject *text_like(PyObject *last, Slice is)
{
    Slice told;
    if (last != NULL && slice_of(last, &told) && told.size == is.size &&
        memcmp(told.at, is.at, (size_t)is.size) == 0) {
        Py_INCREF(last);
        return last;
    }
    return PyErr_Occurred() ? NULL : PyUnicode_FromStringAndSize(is.at, is.size);
}

/* The path of the innermost element as a text, which is that of all above it with the same one. */
static bool name_path(const Walk *walk, Open *owner)
{
    Open *at = owner;
    while (at->path == NULL && at > walk->stack && at->path_end == at[-1].path_end)
        at--;
    if (at->path == NULL)
        at->path = text_like(walk->first.path, (Slice){walk->path.at, at->path_end});
    for (; at->path != NULL && at < owner; at++)
        Py_INCREF(at[1].path = at->path);
    return at->path != NULL;
}

/* Its marks likewise: a page may say thousands of them once, and then begin thousands of blocks. */
static bool name_marks(const Walk *walk, Open *owner)
{
    Open *at = owner;
    while (at->marks == NULL && at > walk->stack && at->marks_start == at[-1].marks_start &&
           at->marks_end == at[-1].marks_end)
        at--;
    if (at->marks == NULL)
        at->marks = text_like(walk->first.marks, (Slice){walk->marks.at + at->marks_start,
                                                        at->marks_end - at->marks_start});
    for (; at->marks != NULL && at < owner; at++)
        Py_INCREF(at[1].marks = at->marks);
    return at->marks != NULL;
}

/* A piece as it is. */
bool append_text(Walk *walk, PyObject *text, Open *owner)
{
    Slice is;
    if (!slice_of(text, &is))
        return false;
    if (walk->used == walk->pieces_room &&
        !grow((void **)&walk->pieces, &walk->pieces_room, sizeof(Piece)))
        return false;
    if (walk->used == 0) {
        if (!name_path(walk, owner) || !name_marks(walk, owner))
            return false;
        Py_INCREF(owner->path);
        Py_INCREF(owner->marks);
        Py_XDECREF(walk->first.path);
        Py_XDECREF(walk->first.marks);
        walk->first = *owner;
    }
    Py_INCREF(text);
    Py_INCREF(owner->tag);
    Py_XINCREF(owner->link);
    walk->pieces[walk->used++] = (Piece){
        text, owner->tag, owner->link, is, PyUnicode_GetLength(text), owner->serial, owner->up,
        owner->traits, owner->style, owner->block, owner->strong, owner->code, owner->hidden};
    return true;
}

void drop_pieces(Walk *walk)
{
    for (Py_ssize_t i = 0; i < walk->used; i++) {
        Py_DECREF(walk->pieces[i].text);
        Py_DECREF(walk->pieces[i].tag);
        Py_XDECREF(walk->pieces[i].link);
    }
    walk->used = walk->breaks = walk->line = 0;
    walk->running = false;
}

/* Raised or lowered text behind other; a new reference. */
static PyObject *raised(const Walk *walk, PyObject *text, const Open *owner)
{
    PyObject *before, *last = walk->pieces[walk->used - 1].text, *told;
    if (walk->used > 1)
        before = PyUnicode_Concat(walk->pieces[walk->used - 2].text, last);
    else
        Py_INCREF(before = last);
    if (before == NULL)
        return NULL;
    told = PyObject_CallFunctionObjArgs(walk->given->asks[ASK_raised], text, before, owner->raised,
                                        owner->link ? owner->link : Py_None, NULL);
    Py_DECREF(before);
    return told;
}

/* `add`: a piece, with a space above it where a browser shows a gap and the page has none. */
bool add_text(Walk *walk, PyObject *text, Open *owner)
{
    Slice is;
    PyObject *made = NULL;
    if (!slice_of(text, &is))
        return false;
    if (walk->used > 0 && is.size > 0 && owner->raised != NULL) {
        made = raised(walk, text, owner);
        if (made == NULL || !slice_of(made, &is))
            goto failed;
    } else if (walk->used > 0 && walk->pieces[walk->used - 1].serial != owner->serial) {
        const unsigned char *at = (const unsigned char *)is.at;
        int gap = char_is(walk, first_char(is), W_isalnum);
        if (gap > 0)
            gap = is_gap(walk, &walk->pieces[walk->used - 1], is, owner);
        if (gap < 0)
            return false;
        /* From U+2E80 on are scripts without spaces. */
        if (gap > 0 && !(walk->running && (at[0] > 0xE2 || (at[0] == 0xE2 && at[1] >= 0xBA)))) {
            made = PyUnicode_FromFormat(" %U", text);
            if (made == NULL || !slice_of(made, &is))
                goto failed;
        }
    }
    if (!walk->running && owner->link == NULL) {
        int runs = char_is(walk, last_char(is), W_isalnum);
        if (runs < 0)
            goto failed;
        walk->running = runs;
    }
    bool fine = append_text(walk, made ? made : text, owner);
    Py_XDECREF(made);
    return fine;
failed:
    Py_XDECREF(made);
    return false;
}
