// The AVX-512 kernels on emulated instructions, under a name of their own.
#include "avx512_emulation.h"
#define SILENDA_EMULATED_AVX512
#define avx512ifma avx512ifma_emulated
#include "kernels/avx512ifma.cpp"
