// SPDX-License-Identifier: MIT
//
// What another library may have defined before ours is included. (Some of it the standard library
// puts away, and some it cannot bear itself: see macros.cpp.)
#pragma once

// windows.h, and what it brings along.
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define ABSOLUTE 1
#define BOOL int
#define CALLBACK
#define CONST const
#define DELETE 1
#define DIFFERENCE 11
#define DOMAIN 1
#define ERROR 0
#define FALSE 0
#define IGNORE 0
#define IN
#define NO_ERROR 0L
#define OPAQUE 2
#define OPTIONAL
#define OUT
#define OVERFLOW 3
#define PASCAL
#define PURE = 0
#define RELATIVE 2
#define STRICT 1
#define THIS void
#define TRANSPARENT 1
#define TRUE 1
#define UNDERFLOW 4
#define VOID void
#define Yield()
#define cdecl
#define far
#define hyper long
#define interface struct
#define near
#define pascal
#define small char

// Xlib.h, X.h, Xutil.h.
#define Above 0
#define Always 2
#define Below 1
#define Bool int
#define Complex 0
#define Convex 2
#define Expose 12
#define False 0
#define FocusIn 9
#define FocusOut 10
#define None 0L
#define Nonconvex 1
#define Opposite 4
#define Status int
#define Success 0
#define True 1
#define Unsorted 0

// Qt; Apple's AssertMacros.h and objc.h; sys/sysmacros.h; g++ with GNU's extensions.
#define emit
#define forever for (;;)
#define foreach(variable, container) for (variable : container)
#define signals public
#define slots
#define check(condition) ((condition) ? 0 : throw 1)
#define require(condition, label) ((condition) ? 0 : throw 1)
#define verify(condition) check(condition)
#define NO 0
#define YES 1
#define nil 0
#define major(device) ((device) >> 8)
#define minor(device) ((device)&0xff)
#define linux 1
#define unix 1

// Arduino.h, termios.h.
#define B0 0
#define B1 1
#define B50 1
#define DEFAULT 1
#define DEC 10
#define HEX 16
#define HIGH 1
#define INPUT 0
#define LOW 0
#define OUTPUT 1
#define PI 3.14
#define bit(b) (1UL << (b))
#define sq(x) ((x) * (x))

// Programs' own.
#define CPU 1
#define CUDA 1
#define DEBUG 1
#define EPS 1e-6
#define FAIL 1
#define INFO 1
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define NONE 0
#define OFF 0
#define OK 0
#define ON 1
#define SIZE 10
#define VERSION 1
#define WARNING 1

// complex.h has I; for short constants and types, and as somebody's way to write C, there is each.
#define A 1
#define B 1
#define C 1
#define D 1
#define E 1
#define F 1
#define G 1
#define H 1
#define I 1
#define J 1
#define K 1
#define L 1
#define M 1
#define N 10
#define O 1
#define P 1
#define Q 1
#define R 1
#define S 1
#define T unsigned
#define U 1
#define V 1
#define W 1
#define X 1
#define Y 1
#define Z 1

namespace other {
class Tensor {};
class Module {};
}  // namespace other
using other::Module;
using other::Tensor;
