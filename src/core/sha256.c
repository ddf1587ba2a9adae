/* SHA-256 (FIPS 180-4) by the instructions that processors have for it: what `core.py` asks before
 * OpenSSL, which takes longer to load than a page to extract. Without them it would be slower. */

#include "core.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include <cpuid.h>
#include <immintrin.h>
#include <string.h>

#define BLOCK 64

static const uint32_t ROUNDS[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* The eight words of the state as the instructions want them: a is the highest of `abef`. */
typedef struct {
    __m128i abef, cdgh;
} State;

__attribute__((target("sha,sse4.1"))) static void add_blocks(State *state, const uint8_t *data,
                                                             Py_ssize_t count)
{
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i abef = state->abef, cdgh = state->cdgh;
    for (; count > 0; count--, data += BLOCK) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i words[4]; /* the last sixteen of the schedule */
        for (int i = 0; i < 16; i++) {
            __m128i *own = &words[i & 3];
            if (i < 4) {
                *own = _mm_loadu_si128((const __m128i *)(const void *)data + i);
                *own = _mm_shuffle_epi8(*own, big_endian);
            } else {
                const __m128i last = words[(i + 3) & 3];
                const __m128i seven_ago = _mm_alignr_epi8(last, words[(i + 2) & 3], 4);
                *own = _mm_add_epi32(_mm_sha256msg1_epu32(*own, words[(i + 1) & 3]), seven_ago);
                *own = _mm_sha256msg2_epu32(*own, last);
            }
            __m128i four = _mm_load_si128((const __m128i *)(const void *)ROUNDS + i);
            four = _mm_add_epi32(four, *own);
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, four);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(four, 0x0e));
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    state->abef = abef;
    state->cdgh = cdgh;
}

static bool asked_processor(void)
{
    unsigned int a, b, c, d;
    return __get_cpuid(1, &a, &b, &c, &d) && c & bit_SSE4_1 && c & bit_SSSE3 &&
           __get_cpuid_count(7, 0, &a, &b, &c, &d) && b & bit_SHA;
}

static PyObject *digest_of(const uint8_t *data, Py_ssize_t size)
{
    State state = {_mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c),
                   _mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19)};
    const Py_ssize_t whole = size / BLOCK, left = size % BLOCK;
    add_blocks(&state, data, whole);
    uint8_t end[2 * BLOCK] = {0}; /* what is left, a bit, zeros, and the number of bits */
    if (left > 0)
        memcpy(end, data + whole * BLOCK, (size_t)left);
    end[left] = 0x80;
    const int blocks = left < BLOCK - 8 ? 1 : 2;
    for (int i = 0; i < 8; i++)
        end[blocks * BLOCK - 1 - i] = (uint8_t)((uint64_t)size * 8 >> 8 * i);
    add_blocks(&state, end, blocks);
    uint32_t abef[4], cdgh[4];
    memcpy(abef, &state.abef, sizeof abef);
    memcpy(cdgh, &state.cdgh, sizeof cdgh);
    const uint32_t words[8] = {abef[3], abef[2], cdgh[3], cdgh[2],
                               abef[1], abef[0], cdgh[1], cdgh[0]};
    char hex[8 * 8 + 1];
    for (int i = 0; i < 64; i++)
        hex[i] = "0123456789abcdef"[words[i / 8] >> 4 * (7 - i % 8) & 15];
    return PyUnicode_FromStringAndSize(hex, 64);
}

#else

static bool asked_processor(void)
{
    return false;
}

static PyObject *digest_of(const uint8_t *data, Py_ssize_t size)
{
    (void)data, (void)size;
    Py_RETURN_NONE;
}

#endif

/* Asked once: on a virtual machine the question goes to the host, and takes as long as 20 KB. */
static bool has_instructions(void)
{
    static int known = -1;
    if (known < 0)
        known = asked_processor();
    return known;
}

/* sha256(data): its SHA-256 in hex, `None` where the processor has no instructions for it. */
PyObject *core_sha256(PyObject *module, PyObject *given)
{
    Py_buffer data;
    (void)module;
    if (PyObject_GetBuffer(given, &data, PyBUF_SIMPLE) < 0)
        return NULL;
    PyObject *digest = has_instructions() ? digest_of(data.buf, data.len) : Py_NewRef(Py_None);
    PyBuffer_Release(&data);
    return digest;
}
