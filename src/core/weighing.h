/* Weighted sums of channels, LOT blocks at a time: the inner loop of `network.c`.
 *
 * It stands here twice: in plain C, and for processors that take sixteen products, and two of them
 * together, in one instruction (x86-64 since 2013), which no compiler finds in the plain form. NO_WIDE
 * asks for the plain form alone. Sums are whole numbers that cannot overflow, so both are exact. */

#ifndef ARTICLECLI_WEIGHING_H
#define ARTICLECLI_WEIGHING_H

#include "network.h"

#define LOT 32

#ifdef __GNUC__
#define INLINE static inline __attribute__((always_inline))
#else
#define INLINE static inline
#endif

/* A matrix, and where its inputs begin: each at its place, and all of them `at` blocks behind it. */
typedef struct {
    const Sparse *matrix;
    const int16_t *const *inputs;
    Py_ssize_t at;
} Lot;

static inline int first_of(const Sparse *matrix, int row)
{
    return row ? matrix->ends[row - 1] : 0;
}

INLINE void weigh_plain(Lot lot, int row, int32_t *restrict sums)
{
    const Sparse *matrix = lot.matrix;
    for (int b = 0; b < LOT; b++)
        sums[b] = matrix->bias[row];
    for (int pair = first_of(matrix, row); pair < matrix->ends[row]; pair += AT_ONCE) {
        const int16_t *x = lot.inputs[matrix->inputs[pair]] + lot.at;
        const int16_t *y = lot.inputs[matrix->inputs[pair + 1]] + lot.at;
        int16_t v = matrix->weights[pair], w = matrix->weights[pair + 1];
        for (int b = 0; b < LOT; b++)
            sums[b] += v * x[b] + w * y[b];
    }
}

INLINE void weigh_plain_within(Lot lot, int row, int shift, int16_t least, int16_t most,
                         int16_t *restrict to)
{
    int32_t sums[LOT];
    weigh_plain(lot, row, sums);
    for (int b = 0; b < LOT; b++) {
        int32_t value = sums[b] >> shift;
        to[b] = (int16_t)(value < least ? least : value > most ? most : value);
    }
}

#if defined(__x86_64__) && defined(__GNUC__) && !defined(NO_WIDE)

#include <immintrin.h>

#define WIDE __attribute__((target("avx2")))
#define VECTORS (LOT / 16)

static inline bool is_wide(void)
{
    return __builtin_cpu_supports("avx2");
}

/* Of each sixteen blocks, numbers 0-3 and 8-11 are in `low`, the others in `high`. */
WIDE INLINE void weigh_apart(Lot lot, int row, __m256i *low, __m256i *high)
{
    const Sparse *matrix = lot.matrix;
    for (int k = 0; k < VECTORS; k++)
        low[k] = high[k] = _mm256_set1_epi32(matrix->bias[row]);
    for (int pair = first_of(matrix, row); pair < matrix->ends[row]; pair += AT_ONCE) {
        const int16_t *x = lot.inputs[matrix->inputs[pair]] + lot.at;
        const int16_t *y = lot.inputs[matrix->inputs[pair + 1]] + lot.at;
        const uint16_t *both = (const uint16_t *)matrix->weights + pair;
        __m256i weights = _mm256_set1_epi32((int32_t)(both[0] | (uint32_t)both[1] << 16));
        for (int k = 0; k < VECTORS; k++) {
            __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)x + k);
            __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)y + k);
            __m256i one = _mm256_madd_epi16(_mm256_unpacklo_epi16(a, b), weights);
            __m256i other = _mm256_madd_epi16(_mm256_unpackhi_epi16(a, b), weights);
            low[k] = _mm256_add_epi32(low[k], one);
            high[k] = _mm256_add_epi32(high[k], other);
        }
    }
}

WIDE static void weigh_wide(Lot lot, int row, int32_t *restrict sums)
{
    __m256i low[VECTORS], high[VECTORS];
    weigh_apart(lot, row, low, high);
    for (int k = 0; k < VECTORS; k++) {
        __m256i *to = (__m256i *)(void *)sums + 2 * k;
        _mm256_storeu_si256(to, _mm256_permute2x128_si256(low[k], high[k], 0x20));
        _mm256_storeu_si256(to + 1, _mm256_permute2x128_si256(low[k], high[k], 0x31));
    }
}

WIDE static void weigh_wide_within(Lot lot, int row, int shift, int16_t least, int16_t most,
                                   int16_t *restrict to)
{
    __m256i low[VECTORS], high[VECTORS];
    weigh_apart(lot, row, low, high);
    for (int k = 0; k < VECTORS; k++) {
        __m256i value = _mm256_packs_epi32(_mm256_srai_epi32(low[k], shift),
                                           _mm256_srai_epi32(high[k], shift));
        value = _mm256_max_epi16(value, _mm256_set1_epi16(least));
        value = _mm256_min_epi16(value, _mm256_set1_epi16(most));
        _mm256_storeu_si256((__m256i *)(void *)to + k, value);
    }
}

#else

#define WIDE
#define weigh_wide weigh_plain
#define weigh_wide_within weigh_plain_within

static inline bool is_wide(void)
{
    return false;
}

#endif

/* Bias and weighted sum of an output's inputs. */
INLINE void weigh(Lot lot, int row, int32_t *sums, bool wide)
{
    if (wide)
        weigh_wide(lot, row, sums);
    else
        weigh_plain(lot, row, sums);
}

/* The same, shifted (rounded down, as Python does) and held within two bounds. */
INLINE void weigh_within(Lot lot, int row, int shift, int16_t least, int16_t most, int16_t *to,
                         bool wide)
{
    if (wide)
        weigh_wide_within(lot, row, shift, least, most, to);
    else
        weigh_plain_within(lot, row, shift, least, most, to);
}

#endif
