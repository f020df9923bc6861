// Ingest's loop: takes letters in, hands them out, strikes them off when they are filed.
#pragma once

namespace belt {
struct Daemon;
}

namespace ingest {

// Until asked to stop. Nothing has to be put in order on the way out: all that counts is on the disk.
int receive_letters(belt::Daemon& daemon);

}  // namespace ingest
