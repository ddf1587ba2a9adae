/* Beside `model/page_counts.py`: numbers of the words of a page, `words` and `marks` of `Counts`. */

#include "counts.h"
#include <string.h>

/* Take up a word as it is numbered: its beginning stands for what is set before it. */
static bool add_word(const Counting *tables, Words *to, PyObject *word, uint32_t start, Slice text)
{
    Py_ssize_t before = PySet_Size(to->found);
    if (PySet_Add(to->found, word) < 0)
        return false;
    if (PySet_Size(to->found) > before)
        to->numbers[crc(start, text.at, text.size) % (uint32_t)tables->sizes[N_WORDS]] = 1;
    return true;
}

/* `_words`, of a line whose words are pairs of characters. */
static bool add_pairs(const Counting *tables, Words *to, PyObject *own, uint32_t start, long most)
{
    PyObject *words = value_of(&tables->at[AT_words], own);
    bool fine = words != NULL && PyTuple_Check(words);
    if (words != NULL && !fine)
        PyErr_SetString(PyExc_TypeError, "the words of a line are a tuple");
    Py_ssize_t count = fine ? PyTuple_Size(words) : 0;
    for (Py_ssize_t i = 0; fine && i < count && i < most; i++) {
        PyObject *word = PyTuple_GetItem(words, i);
        Slice text;
        fine = PyBytes_AsStringAndSize(word, (char **)&text.at, &text.size) == 0 &&
               add_word(tables, to, word, start, text);
    }
    Py_XDECREF(words);
    return fine;
}

/* `_words`: those of one line; `most` of them at most. */
bool add_words(const Counting *tables, Words *to, PyObject *own, uint32_t start, long most)
{
    bool unspaced;
    if (!truth_of(&tables->at[AT_unspaced], own, &unspaced))
        return false;
    if (unspaced)
        return add_pairs(tables, to, own, start, most);
    PyObject *key = value_of(&tables->at[AT_key], own);
    Slice text;
    bool fine = key != NULL && PyBytes_AsStringAndSize(key, (char **)&text.at, &text.size) == 0;
    for (Py_ssize_t at = 0, end; fine && at < text.size && most > 0; at = end + 1) {
        for (end = at; end < text.size && text.at[end] != ' ';)
            end++;
        if (end == at)
            continue;
        Slice own_text = {text.at + at, end - at};
        PyObject *word = PyBytes_FromStringAndSize(own_text.at, own_text.size);
        fine = word != NULL && add_word(tables, to, word, start, own_text);
        Py_XDECREF(word);
        most--;
    }
    Py_XDECREF(key);
    return fine;
}

Marks *new_marks(long words)
{
    Marks *made = PyMem_Calloc(1, sizeof *made);
    if (made != NULL) {
        made->start = crc(0, "m:", 2);
        made->numbers = PyMem_Calloc((size_t)words, 1);
        made->texts = PyList_New(0);
    }
    if (made == NULL || made->numbers == NULL || made->texts == NULL) {
        free_marks(made);
        PyErr_NoMemory();
        return NULL;
    }
    return made;
}

void free_marks(Marks *marks)
{
    if (marks == NULL)
        return;
    Py_XDECREF(marks->texts);
    PyMem_Free(marks->numbers);
    PyMem_Free(marks);
}

/* Take up a class name. Those that are alike to `crc` cost a look at each other, and there are
 * `MOST_MARKS` and a few at most. */
static void add_mark(const Counting *tables, Marks *to, Slice mark)
{
    uint32_t hash = crc(to->start, mark.at, mark.size);
    Mark *place = &to->places[hash % MARK_PLACES];
    while (place->text.at != NULL) {
        if (place->hash == hash && place->text.size == mark.size &&
            memcmp(place->text.at, mark.at, (size_t)mark.size) == 0)
            return;
        if (++place == to->places + MARK_PLACES)
            place = to->places;
    }
    *place = (Mark){hash, mark};
    to->used++;
    to->numbers[hash % (uint32_t)tables->sizes[N_WORDS]] = 1;
}

/* `_marks`: of one block. What is noted points at its text, which is kept. */
bool add_marks(const Counting *tables, Marks *to, PyObject *markup)
{
    PyObject *marks = value_of(&tables->at[AT_marks], markup);
    Slice text;
    bool fine = marks != NULL && slice_of(marks, &text);
    bool same = fine && to->before.at != NULL && text.size == to->before.size &&
                memcmp(text.at, to->before.at, (size_t)text.size) == 0;
    fine = fine && (same || PyList_Append(to->texts, marks) == 0);
    Py_XDECREF(marks);
    if (!fine || same)
        return fine;
    to->before = text;
    Slice word;
    for (long words = 0; words < tables->sizes[N_NEAREST] && last_word(&text, &word); words++)
        add_mark(tables, to, word);
    to->full = to->used > tables->sizes[N_MOST_MARKS];
    return true;
}

/* `numbers_of` */
PyObject *numbers_of(const uint8_t *numbers, long count)
{
    PyObject *list = PyList_New(0);
    const uint8_t *at = numbers, *end = numbers ? at + count : at;
    while (numbers != NULL && list != NULL && (at = memchr(at, 1, (size_t)(end - at))) != NULL) {
        PyObject *number = PyLong_FromLong((long)(at++ - numbers));
        if (number == NULL || PyList_Append(list, number) < 0)
            Py_CLEAR(list);
        Py_XDECREF(number);
    }
    return list;
}
