#ifndef CTRAPSYSTEM_H
#define CTRAPSYSTEM_H
// The system calls and C macros that Swift's Glibc overlay hides.
#endif
