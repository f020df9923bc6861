// vaguemestre-ingest: keeps what arrives (vault, spool), gives receipts, hands out the work.
#include "belt/daemon.hpp"
#include "ingest/reception_main.hpp"

int main(int argc, char** argv) { return belt::run_daemon(argc, argv, "ingest", ingest::receive_letters); }
