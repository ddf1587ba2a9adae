/* Attributes of the package's own objects. Each is asked of the member of its class itself: to look
 * it up by its name costs three times as much. Whoever calls owns what comes back. */

#ifndef ARTICLECLI_ATTRIBUTES_H
#define ARTICLECLI_ATTRIBUTES_H

#include "core.h"

#define MOST_OF_PAGE ((int64_t)1 << 40) /* of any number: sums of a page stay far from 64 bits */

typedef struct {
    PyObject *member; /* owned */
    descrgetfunc get;
} Attribute;

/* The attribute of a class; objects of other classes give a TypeError when they are asked. */
static inline bool find_attribute(Attribute *to, PyObject *of, const char *name)
{
    to->member = PyObject_GetAttrString(of, name);
    if (to->member == NULL)
        return false;
    to->get = (descrgetfunc)PyType_GetSlot(Py_TYPE(to->member), Py_tp_descr_get);
    if (to->get == NULL || PyType_GetSlot(Py_TYPE(to->member), Py_tp_descr_set) == NULL) {
        PyErr_Format(PyExc_TypeError, "%s is no member of its class", name);
        return false;
    }
    return true;
}

static inline PyObject *value_of(const Attribute *attribute, PyObject *from)
{
    return attribute->get(attribute->member, from, (PyObject *)Py_TYPE(from));
}

static inline bool truth_of(const Attribute *attribute, PyObject *from, bool *to)
{
    PyObject *value = value_of(attribute, from);
    int truth = value ? PyObject_IsTrue(value) : -1;
    Py_XDECREF(value);
    *to = truth == 1;
    return truth >= 0;
}

static inline bool number_at(const Attribute *attribute, PyObject *from, int64_t *to)
{
    PyObject *value = value_of(attribute, from);
    *to = value ? PyLong_AsLongLong(value) : -1;
    Py_XDECREF(value);
    if (*to == -1 && PyErr_Occurred())
        return false;
    if (*to >= 0 && *to < MOST_OF_PAGE)
        return true;
    PyErr_SetString(PyExc_OverflowError, "a number of a page is out of range");
    return false;
}

static inline bool float_at(const Attribute *attribute, PyObject *from, double *to)
{
    PyObject *value = value_of(attribute, from);
    *to = value ? PyFloat_AsDouble(value) : -1.0;
    Py_XDECREF(value);
    return *to != -1.0 || !PyErr_Occurred();
}

#endif
