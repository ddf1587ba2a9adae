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

/* `_words`: those of one line; `most` of them at most. */
bool add_words(const Counting *tables, Words *to, PyObject *own, uint32_t start, long most)
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

/* `_marks`: of one block. */
bool add_marks(const Counting *tables, Page *page, PyObject *markup)
{
    Words *to = &page->marks;
    PyObject *marks = value_of(&tables->at[AT_marks], markup);
    Py_ssize_t lists = PySet_Size(page->mark_lists);
    bool fine = marks != NULL && PySet_Add(page->mark_lists, marks) == 0;
    PyObject *parts = NULL;
    if (fine && PySet_Size(page->mark_lists) > lists) {
        parts = PyUnicode_RSplit(marks, NULL, tables->sizes[N_NEAREST]);
        fine = parts != NULL;
    }
    Py_ssize_t count = parts ? PyList_Size(parts) : 0;
    for (Py_ssize_t i = count > tables->sizes[N_NEAREST]; fine && i < count; i++) {
        PyObject *mark = PyList_GetItem(parts, i);
        Slice text;
        fine = slice_of(mark, &text) && add_word(tables, to, mark, crc(0, "m:", 2), text);
    }
    to->full = fine && PySet_Size(to->found) > tables->sizes[N_MOST_MARKS];
    Py_XDECREF(parts);
    Py_XDECREF(marks);
    return fine;
}

/* `numbers_of` */
PyObject *numbers_of(const Words *words, long count)
{
    PyObject *list = PyList_New(0);
    const uint8_t *at = words->numbers, *end = at + count;
    while (list != NULL && (at = memchr(at, 1, (size_t)(end - at))) != NULL) {
        PyObject *number = PyLong_FromLong((long)(at++ - words->numbers));
        if (number == NULL || PyList_Append(list, number) < 0)
            Py_CLEAR(list);
        Py_XDECREF(number);
    }
    return list;
}
