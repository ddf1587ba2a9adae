/* Beside `text/phrases.py`: stock phrases in a line. */

#include "phrases.h"
#include <string.h>

enum { WHOLE, START, END, INSIDE };

/* What was found in a line, in the order in which it was found; lines hold few. */
typedef struct {
    Numbers at, sizes;
} Found;

bool slice_of(PyObject *string, Slice *to)
{
    to->at = PyUnicode_AsUTF8AndSize(string, &to->size);
    return to->at != NULL;
}

static uint32_t number_at(Slice text, Py_ssize_t at)
{
    uint32_t number = 0;
    for (Py_ssize_t i = 0, size = char_size(text, at); i < size; i++)
        number = number << 8 | (unsigned char)text.at[at + i];
    return number;
}

bool fill_set(Set *set, const char *of)
{
    Slice text = {of, (Py_ssize_t)strlen(of)};
    for (Py_ssize_t at = 0; at < text.size; at += char_size(text, at)) {
        uint32_t number = number_at(text, at);
        if (number < 128) {
            set->ascii[number] = true;
        } else if (set->wide_count == MOST_WIDE) {
            PyErr_SetString(PyExc_ValueError, "a set of characters is too large");
            return false;
        } else {
            set->wide[set->wide_count++] = number;
        }
    }
    return true;
}

bool holds(const Set *set, Slice text, Py_ssize_t at)
{
    unsigned char byte = (unsigned char)text.at[at];
    if (byte < 128)
        return set->ascii[byte];
    uint32_t number = number_at(text, at);
    for (int i = 0; i < set->wide_count; i++)
        if (set->wide[i] == number)
            return true;
    return false;
}

static Slice strip_end(Slice text, const Set *set)
{
    while (text.size > 0) {
        Py_ssize_t last = char_before(text, text.size);
        if (!holds(set, text, last))
            break;
        text.size = last;
    }
    return text;
}

static Slice strip(Slice text, const Set *set)
{
    text = strip_end(text, set);
    while (text.size > 0 && holds(set, text, 0)) {
        Py_ssize_t size = char_size(text, 0);
        text.at += size;
        text.size -= size;
    }
    return text;
}

Phrase *place_of(const Book *book, Slice text, uint32_t hash)
{
    size_t at = hash & (book->room - 1);
    for (Phrase *place; (place = &book->places[at])->size != 0; at = (at + 1) & (book->room - 1))
        if (place->hash == hash && place->size == text.size &&
            memcmp(book->text + place->at, text.at, (size_t)text.size) == 0)
            break;
    return &book->places[at];
}

/* The number of a text, or -1. */
int32_t look(const Book *book, Slice text)
{
    if (text.size > (Py_ssize_t)book->longest || text.size == 0)
        return -1;
    uint32_t mark = mark_of(text);
    if (!(book->marks[mark / 64] >> mark % 64 & 1))
        return -1;
    const Phrase *place = place_of(book, text, crc(0, text.at, text.size));
    return place->size ? place->value : -1;
}

/* Notes that a concept stands at a place: the longest counts, or where `last` is set the last one. */
static bool note(Found *found, int32_t at, Py_ssize_t size, bool last)
{
    for (Py_ssize_t i = 0; i < found->at.used; i++)
        if (found->at.items[i] == at) {
            if (last || size > found->sizes.items[i])
                found->sizes.items[i] = (int32_t)size;
            return true;
        }
    return add_number(&found->at, at) && add_number(&found->sizes, (int32_t)size);
}

/* Notes all concepts of a text, where it is a phrase. */
static bool add_hits(const Phrases *phrases, Slice text, int place, Py_ssize_t size, bool last, Found *found)
{
    int32_t hit = look(&phrases->concepts, text);
    const int32_t *numbers = phrases->numbers.items;
    for (; hit >= 0 && numbers[hit] >= 0; hit++)
        if (!note(found, 4 * numbers[hit] + place, size, last))
            return false;
    return true;
}

/* Words between single spaces, up to `most` of them. */
static Py_ssize_t words_of(Slice line, Slice *words, Py_ssize_t most)
{
    for (Py_ssize_t count = 0, at = 0, end = 0;; at = ++end) {
        while (end < line.size && line.at[end] != ' ')
            end++;
        words[count++] = (Slice){line.at + at, end - at};
        if (end == line.size || count == most)
            return count;
    }
}

/* The last word of a line, which is taken off it, and the space before it; `more` tells whether
 * there was one. */
static Slice cut_word(Slice *line, bool *more)
{
    Py_ssize_t at = line->size;
    while (at > 0 && line->at[at - 1] != ' ')
        at--;
    Slice word = {line->at + at, line->size - at};
    *more = at > 0;
    line->size = at > 0 ? at - 1 : 0;
    return word;
}

static Py_ssize_t append(char *buffer, Py_ssize_t used, Slice word)
{
    if (used > 0)
        buffer[used++] = ' ';
    memcpy(buffer + used, word.at, (size_t)word.size);
    return used + word.size;
}

/* Phrases at the start, the end and inside a line of words. `buffer` has room for all of it. */
static bool match_spaced(const Phrases *phrases, Slice line, bool is_long, bool whole, char *buffer,
                         Found *found)
{
    Slice words[MOST_WORDS];
    const Set *edges = &phrases->edges;
    /* As many as are looked at; of a line that is not long one more, which tells that it has more. */
    Py_ssize_t most = phrases->longest;
    if (!is_long && most <= phrases->shortest)
        most = phrases->shortest < MOST_WORDS ? phrases->shortest + 1 : MOST_WORDS;
    Py_ssize_t count = words_of(line, words, most);
    Slice head = strip(words[0], edges);
    if (count == 1)
        return whole || add_hits(phrases, head, START, 1, false, found);
    Py_ssize_t longest = look(&phrases->first, head), used = 0;
    for (Py_ssize_t size = 1; size <= longest && size <= count; size++) {
        used = append(buffer, used, size == 1 ? head : strip_end(words[size - 1], edges));
        if (!add_hits(phrases, (Slice){buffer, used}, START, size, false, found))
            return false;
    }
    /* Written from the end of the buffer backwards. */
    Slice rest = line;
    bool more;
    Slice word = strip(cut_word(&rest, &more), edges);
    longest = look(&phrases->last, word);
    if (is_long && longest > phrases->longest - 1)
        longest = phrases->longest - 1;
    char *end = buffer + line.size, *at = end;
    for (Py_ssize_t size = 1; size <= longest; size++) {
        if (size > 1) {
            word = strip(cut_word(&rest, &more), edges);
            *--at = ' ';
        }
        if (!more) /* all of the line is no end of it */
            break;
        at -= word.size;
        memcpy(at, word.at, (size_t)word.size);
        if (!add_hits(phrases, (Slice){at, end - at}, END, size, false, found))
            return false;
    }
    if (is_long || count <= 2 || count > phrases->shortest)
        return true;
    for (Py_ssize_t i = 1; i < count - 1; i++) {
        Slice word = strip(words[i], edges);
        longest = look(&phrases->first, word);
        used = longest > 0 ? append(buffer, 0, word) : 0;
        for (Py_ssize_t j = i + 1; j < i + 1 + longest && j <= count; j++) {
            if (!add_hits(phrases, (Slice){buffer, used}, INSIDE, j - i, false, found))
                return false;
            if (j < count)
                used = append(buffer, used, strip(words[j], edges));
        }
    }
    return true;
}

/* The same in a script without spaces: any run of characters may be a phrase. */
static bool match_unspaced(const Phrases *phrases, Slice line, Py_ssize_t length, Found *found)
{
    Py_ssize_t from = 0, to = line.size, places[26];
    for (Py_ssize_t size = 1; size < length && size < 9; size++) {
        from += char_size(line, from);
        to = char_before(line, to);
        if (!add_hits(phrases, (Slice){line.at, from}, START, size, true, found) ||
            !add_hits(phrases, (Slice){line.at + to, line.size - to}, END, size, true, found))
            return false;
    }
    if (length > 24)
        return true;
    from = 0;
    for (Py_ssize_t i = 0; i < length; from += char_size(line, from))
        places[i++] = from;
    places[length] = line.size;
    for (Py_ssize_t i = 1; i < length - 1; i++)
        for (Py_ssize_t j = i + 2; j <= i + 6 && j <= length; j++)
            if (!add_hits(phrases, (Slice){line.at + places[i], places[j] - places[i]}, INSIDE,
                          j - i, false, found))
                return false;
    return true;
}

static PyObject *as_dict(const Found *found)
{
    PyObject *dict = PyDict_New();
    for (Py_ssize_t i = 0; dict != NULL && i < found->at.used; i++) {
        PyObject *at = PyLong_FromLong(found->at.items[i]);
        PyObject *size = PyLong_FromLong(found->sizes.items[i]);
        if (at == NULL || size == NULL || PyDict_SetItem(dict, at, size) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(at);
        Py_XDECREF(size);
    }
    return dict;
}

/* `straight`, where there is something to do into a buffer: an apostrophe of print takes three bytes,
 * that of a keyboard one. */
static Slice straight(Slice text, char *buffer)
{
    if (memchr(text.at, '\xE2', (size_t)text.size) == NULL)
        return text;
    Py_ssize_t used = 0;
    for (Py_ssize_t i = 0; i < text.size; i++)
        if (text.size - i >= 3 && memcmp(text.at + i, "\xE2\x80\x99", 3) == 0) {
            buffer[used++] = '\'';
            i += 2;
        } else {
            buffer[used++] = text.at[i];
        }
    return (Slice){buffer, used};
}

static Py_ssize_t length_of(Slice text)
{
    Py_ssize_t found = 0;
    for (Py_ssize_t i = 0; i < text.size; i++)
        found += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return found;
}

static Py_ssize_t spaces_of(Slice text)
{
    Py_ssize_t found = 0;
    for (Py_ssize_t i = 0; i < text.size; i++)
        found += text.at[i] == ' ';
    return found;
}

/* `match`: a dict, or NULL. */
PyObject *match(const Phrases *phrases, Slice lower, bool unspaced)
{
    Found found = {{0}, {0}};
    PyObject *made = NULL;
    char most[2 * SHORT_LINE], *buffer = most;
    if (lower.size >= SHORT_LINE && (buffer = PyMem_Malloc(2 * (size_t)lower.size + 2)) == NULL)
        return PyErr_NoMemory();
    Slice line = strip(straight(lower, buffer), &phrases->line_edges);
    Py_ssize_t length = line.size;
    if (unspaced || length > SHORT_LINE)
        length = length_of(line);
    int32_t whole = look(&phrases->concepts, line);
    if (whole >= 0 && !add_hits(phrases, line, WHOLE, unspaced ? length : spaces_of(line) + 1, false,
                                &found))
        goto done;
    if (unspaced ? match_unspaced(phrases, line, length, &found)
                 : match_spaced(phrases, line, length > SHORT_LINE, whole >= 0,
                                buffer + lower.size + 1, &found))
        made = as_dict(&found);
done:
    PyMem_Free(found.at.items);
    PyMem_Free(found.sizes.items);
    if (buffer != most)
        PyMem_Free(buffer);
    return made;
}
