#include "CTrapSystem.h"
