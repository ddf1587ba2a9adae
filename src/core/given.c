/* What a walk through a page of HTML works with: `blocks/compiled_html.py` hands it over. */

#include "walk.h"
#include <string.h>

const char GIVEN[] = "articlecli.walk";

static const char *const TRAITS[] = {
#define AS_NAME(name) #name,
    TRAITS_USED(AS_NAME)};
static const char *const KINDS[] = {"", KINDS_USED(AS_NAME)};
static const char *const ASKS[] = {ASKS_USED(AS_NAME)};
static const char *const PICTURES[] = {PICTURES_USED(AS_NAME)};
static const char *const SIZES[] = {SIZES_USED(AS_NAME)};
static const char *const CLASSES[] = {CLASSES_USED(AS_NAME)};
static const char *const WORDS[] = {WORDS_USED(AS_NAME)};

static void free_given(Given *given)
{
    Py_XDECREF(given->tags);
    Py_XDECREF(given->named);
    for (int i = 0; i < ASK_COUNT; i++)
        Py_XDECREF(given->asks[i]);
    for (int i = 0; i < CLASS_COUNT; i++)
        Py_XDECREF(given->make[i]);
    for (int i = 0; i < PICTURE_COUNT; i++)
        Py_XDECREF(given->picture[i]);
    for (int i = 0; i < WORD_COUNT; i++)
        Py_XDECREF(given->words[i]);
    for (int i = 0; i < KIND_COUNT; i++)
        Py_XDECREF(given->kinds[i]);
    Py_XDECREF(given->nothing);
    Py_XDECREF(given->none);
    Py_XDECREF(given->blank);
    PyMem_Free(given);
}

static void drop_given(PyObject *capsule)
{
    Given *given = PyCapsule_GetPointer(capsule, GIVEN);
    if (given != NULL)
        free_given(given);
}

/* What a dict has under a name, borrowed; NULL with an exception. */
static PyObject *item_of(PyObject *dict, const char *name)
{
    PyObject *found = PyDict_GetItemString(dict, name);
    if (found == NULL)
        PyErr_Format(PyExc_ValueError, "the tables of a walk lack %s", name);
    return found;
}

static bool take_items(PyObject *dict, const char *const *names, int count, PyObject **to)
{
    for (int i = 0; i < count; i++) {
        if ((to[i] = item_of(dict, names[i])) == NULL)
            return false;
        Py_INCREF(to[i]);
    }
    return true;
}

/* Sets bits of the number that a tag has. */
static bool mark_tag(PyObject *tags, PyObject *tag, uint64_t bits)
{
    PyObject *old = PyDict_GetItemWithError(tags, tag), *number;
    if (old != NULL)
        bits |= PyLong_AsUnsignedLongLong(old);
    if (PyErr_Occurred() || (number = PyLong_FromUnsignedLongLong(bits)) == NULL)
        return false;
    bool fine = PyDict_SetItem(tags, tag, number) == 0;
    Py_DECREF(number);
    return fine;
}

static bool mark_tags(PyObject *tags, PyObject *set, uint64_t bits)
{
    PyObject *each = PyObject_GetIter(set), *tag;
    bool fine = each != NULL;
    while (fine && (tag = PyIter_Next(each)) != NULL) {
        fine = mark_tag(tags, tag, bits);
        Py_DECREF(tag);
    }
    Py_XDECREF(each);
    return fine && !PyErr_Occurred();
}

/* Traits by their names, and the kind of block that a tag makes. */
static bool read_tags(Given *to, PyObject *traits, PyObject *kinds)
{
    PyObject *tag, *kind;
    Py_ssize_t at = 0;
    to->tags = PyDict_New();
    if (to->tags == NULL)
        return false;
    for (int i = 0; i < TRAIT_COUNT; i++) {
        PyObject *set = item_of(traits, TRAITS[i]);
        if (set == NULL || !mark_tags(to->tags, set, (uint64_t)1 << i))
            return false;
    }
    while (PyDict_Next(kinds, &at, &tag, &kind)) {
        uint64_t number = NO_KIND + 1;
        Slice told;
        if (!slice_of(kind, &told))
            return false;
        while (number < KIND_COUNT && strcmp(told.at, KINDS[number]) != 0)
            number++;
        if (number == KIND_COUNT) {
            PyErr_SetString(PyExc_ValueError, "a kind of block that a walk does not know");
            return false;
        }
        if (!mark_tag(to->tags, tag, number << KIND_SHIFT))
            return false;
    }
    return true;
}

/* Attributes that are marks, in their order, and single ones. */
static bool read_names(Given *to, PyObject *marked, PyObject *single)
{
    Py_ssize_t marks = PyTuple_Size(marked);
    if (marks > MOST_MARKED || PyTuple_Size(single) != NAME_COUNT - HIDDEN) {
        PyErr_SetString(PyExc_ValueError, "other attributes than a walk knows");
        return false;
    }
    for (int i = 0; i <= LONGEST_NAME; i++)
        to->by_size[i] = -1;
    to->named = PySequence_Concat(marked, single);
    if (to->named != NULL && !PyTuple_CheckExact(to->named))
        PyErr_SetString(PyExc_TypeError, "tuples are added up to another thing than a tuple");
    if (PyErr_Occurred())
        return false;
    for (int i = 0; i < PyTuple_Size(to->named); i++) {
        Name *name = &to->names[i];
        if (!slice_of(PyTuple_GetItem(to->named, i), &name->is))
            return false;
        if (name->is.size > LONGEST_NAME) {
            PyErr_SetString(PyExc_ValueError, "the name of an attribute is too long");
            return false;
        }
        name->number = i < marks ? i : HIDDEN + (int)(i - marks);
        name->next = to->by_size[name->is.size];
        to->by_size[name->is.size] = i;
    }
    return true;
}

static bool make_texts(Given *to)
{
    for (int i = 0; i < WORD_COUNT; i++)
        if ((to->words[i] = PyUnicode_InternFromString(WORDS[i])) == NULL)
            return false;
    for (int i = NO_KIND + 1; i < KIND_COUNT; i++)
        if ((to->kinds[i] = PyUnicode_InternFromString(KINDS[i])) == NULL)
            return false;
    Py_INCREF(to->kinds[NO_KIND] = Py_None);
    to->nothing = PyFrozenSet_New(NULL);
    to->none = PyTuple_New(0);
    to->blank = PyUnicode_InternFromString("");
    return to->nothing && to->none && to->blank;
}

/* Tuples of texts under the names that pictures have. */
static bool read_pictures(Given *to, PyObject *pictures)
{
    if (!take_items(pictures, PICTURES, PICTURE_COUNT, to->picture))
        return false;
    for (int i = 0; i < PICTURE_COUNT; i++) {
        bool fine = PyTuple_Check(to->picture[i]);
        for (Py_ssize_t k = 0; fine && k < PyTuple_Size(to->picture[i]); k++)
            fine = PyUnicode_Check(PyTuple_GetItem(to->picture[i], k));
        if (!fine) {
            PyErr_SetString(PyExc_TypeError, "what pictures have is a tuple of texts");
            return false;
        }
    }
    return true;
}

/* walk_tables(traits, kinds, marked, single, asks, classes, pictures, sizes, anchors, invisible) */
PyObject *core_walk_tables(PyObject *module, PyObject *args)
{
    PyObject *traits, *kinds, *marked, *single, *asks, *classes, *pictures, *sizes;
    PyObject *capsule = NULL;
    const char *anchors, *invisible;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!O!O!O!O!O!O!O!ss", &PyDict_Type, &traits, &PyDict_Type, &kinds,
                          &PyTuple_Type, &marked, &PyTuple_Type, &single, &PyDict_Type, &asks,
                          &PyDict_Type, &classes, &PyDict_Type, &pictures, &PyDict_Type, &sizes,
                          &anchors, &invisible))
        return NULL;
    Given *made = PyMem_Calloc(1, sizeof *made);
    if (made == NULL)
        return PyErr_NoMemory();
    bool fine = make_texts(made) && read_tags(made, traits, kinds) &&
                read_names(made, marked, single) &&
                take_items(asks, ASKS, ASK_COUNT, made->asks) &&
                take_items(classes, CLASSES, CLASS_COUNT, made->make) &&
                read_pictures(made, pictures) &&
                fill_set(&made->anchors, anchors) && fill_set(&made->invisible, invisible);
    for (int i = 0; fine && i < SIZE_COUNT; i++) {
        PyObject *size = item_of(sizes, SIZES[i]);
        made->sizes[i] = size ? PyLong_AsLong(size) : -1;
        if (size != NULL && !PyErr_Occurred() &&
            (made->sizes[i] < 0 || made->sizes[i] > 1 << 24))
            PyErr_Format(PyExc_ValueError, "the size %s is out of range", SIZES[i]);
        fine = size != NULL && !PyErr_Occurred();
    }
    if (fine)
        capsule = PyCapsule_New(made, GIVEN, drop_given);
    if (capsule == NULL)
        free_given(made);
    return capsule;
}
