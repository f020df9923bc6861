int main() { return 78; }  // replaced by its room
