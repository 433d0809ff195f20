/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Letters of Europe's alphabets and East Asia's characters that are in normal form wherever they
 * stand among themselves, and whose case is folded by adding a number: for names made of these and
 * ASCII, this is all that preparing them takes (RFC 4518 2.3, RFC 3454 B.2).
 */
#ifndef SG_X509_NAME_LETTERS_H
#define SG_X509_NAME_LETTERS_H

#include <stdint.h>

/* The form of CODE_POINT, of as many octets in UTF-8; 0: it is none of these. */
uint32_t sg_letter_fold(uint32_t code_point);

#endif
