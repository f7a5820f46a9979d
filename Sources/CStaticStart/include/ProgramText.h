#pragma once

// Lets go of the pages of the program's own code and constants: what is needed from now on is read again from the file,
// which the system still holds. A long run does not keep what only its start needed.
void copylint_release_text(void);
