/* Beside `text/phrases.py`, `Phrases`: the table of stock phrases, from the lines of its files. */

#include "phrases.h"
#include <string.h>

static void put(Book *book, Phrase *place, Slice text, uint32_t hash, int32_t value)
{
    if ((uint32_t)text.size > book->longest)
        book->longest = (uint32_t)text.size;
    if (text.size > 0)
        book->marks[mark_of(text) / 64] |= (uint64_t)1 << mark_of(text) % 64;
    *place = (Phrase){hash, (uint32_t)(text.at - book->text), (uint32_t)text.size, value};
}

static bool open_book(Book *book, Slice text, Py_ssize_t most)
{
    book->text = text.at;
    for (book->room = 16; book->room < 3 * (size_t)most / 2;)
        book->room *= 2;
    book->places = PyMem_Calloc(book->room, sizeof *book->places);
    if (book->places == NULL)
        PyErr_NoMemory();
    return book->places != NULL;
}

/* Text up to a sign, which is taken off it; all of it where the sign is not there. */
static Slice cut(Slice *from, const char *sign)
{
    Py_ssize_t size = (Py_ssize_t)strlen(sign), at = 0;
    while (at + size <= from->size && memcmp(from->at + at, sign, (size_t)size) != 0)
        at++;
    Slice head = {from->at, at + size <= from->size ? at : from->size};
    Py_ssize_t taken = at + size <= from->size ? at + size : from->size;
    *from = (Slice){from->at + taken, from->size - taken};
    return head;
}

/* Notes the words of a phrase for the one that it begins or ends with: the longest counts. */
static void note_size(Book *book, Slice word, int32_t size)
{
    uint32_t hash = crc(0, word.at, word.size);
    Phrase *place = place_of(book, word, hash);
    if (place->size == 0 || place->value < size)
        put(book, place, word, hash, size);
}

/* Adds a concept to those of a phrase, which are ascending. */
static bool add_concept(Phrases *to, Slice phrase, int32_t concept)
{
    uint32_t hash = crc(0, phrase.at, phrase.size);
    Phrase *place = place_of(&to->concepts, phrase, hash);
    int32_t old = place->size ? place->value : -1;
    for (int32_t i = old; i >= 0 && to->numbers.items[i] >= 0; i++)
        if (to->numbers.items[i] == concept)
            return true;
    put(&to->concepts, place, phrase, hash, (int32_t)to->numbers.used);
    bool fine = true, added = false;
    for (; fine && old >= 0 && to->numbers.items[old] >= 0; old++) {
        int32_t other = to->numbers.items[old];
        if (!added && other > concept)
            fine = added = add_number(&to->numbers, concept);
        fine = fine && add_number(&to->numbers, other);
    }
    return fine && (added || add_number(&to->numbers, concept)) && add_number(&to->numbers, -1);
}

/* A line of phrases: `read_also: read also | see also`. */
static bool read_line(Phrases *to, const Book *names, Slice line)
{
    int32_t concept = look(names, cut(&line, ": "));
    while (concept >= 0 && line.size > 0) {
        Slice phrase = cut(&line, " | "), head = phrase, tail = phrase;
        int32_t size = 1;
        for (Py_ssize_t at = phrase.size - 1; at >= 0; at--)
            if (phrase.at[at] == ' ') {
                if (size++ == 1)
                    tail = (Slice){phrase.at + at + 1, phrase.size - at - 1};
                head.size = at;
            }
        size = size < to->longest ? size : (int32_t)to->longest;
        note_size(&to->first, head, size);
        note_size(&to->last, tail, size);
        if (!add_concept(to, phrase, concept))
            return false;
    }
    if (concept < 0)
        PyErr_SetString(PyExc_ValueError, "a phrase is of no concept");
    return concept >= 0;
}

/* Texts that are put into a book, at most. */
static Py_ssize_t most_of(Slice text)
{
    Py_ssize_t most = 1;
    for (Py_ssize_t at = 0; at < text.size; at++)
        most += text.at[at] == '|' || text.at[at] == '\n';
    return most;
}

/* From the names of all concepts, a line each, and the lines of `Phrases.text`. */
bool read_phrases(Phrases *to, PyObject *names, PyObject *lines)
{
    Book numbers = {0};
    Slice name, text;
    if (!slice_of(names, &name) || !slice_of(lines, &text))
        return false;
    if (name.size >= INT32_MAX || text.size >= INT32_MAX) {
        PyErr_SetString(PyExc_ValueError, "the phrases are too long");
        return false;
    }
    Py_INCREF(lines);
    to->lines = lines;
    Py_ssize_t most = most_of(text);
    bool fine = open_book(&numbers, name, most_of(name)) &&
                open_book(&to->concepts, text, most) && open_book(&to->first, text, most) &&
                open_book(&to->last, text, most);
    for (int32_t i = 0; fine && name.size > 0; i++)
        note_size(&numbers, cut(&name, "\n"), i);
    while (fine && text.size > 0)
        fine = read_line(to, &numbers, cut(&text, "\n"));
    PyMem_Free(numbers.places);
    return fine;
}

void free_phrases(Phrases *phrases)
{
    PyMem_Free(phrases->concepts.places);
    PyMem_Free(phrases->first.places);
    PyMem_Free(phrases->last.places);
    PyMem_Free(phrases->numbers.items);
    Py_XDECREF(phrases->lines);
}
