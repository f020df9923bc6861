#include "cli/table.hpp"

#include <gtest/gtest.h>

namespace {

TEST(Table, AccentsTakeOneColumn) { EXPECT_EQ(cli::display_width("Réponse"), 7u); }

TEST(Table, CombiningMarksTakeNone) { EXPECT_EQ(cli::display_width("e\xCC\x81t\xC3\xA9"), 3u); }

TEST(Table, WideCharactersTakeTwo) { EXPECT_EQ(cli::display_width("漢字"), 4u); }

TEST(Table, ColumnsAlignByWhatIsSeen) {
  EXPECT_EQ(cli::table({{"Nom"}, {"Ville"}}, {{"Zoé", "Nîmes"}, {"Jean", "Lyon"}}),
            "Nom   Ville\n"
            "Zoé   Nîmes\n"
            "Jean  Lyon\n");
}

TEST(Table, NumbersStandAtTheRight) {
  EXPECT_EQ(cli::table({{"Bannette"}, {"Nombre", cli::Side::right}}, {{"é", "7"}}),
            "Bannette  Nombre\n"
            "é              7\n");
}

TEST(Table, LongCellsAreCutByWidth) {
  EXPECT_EQ(cli::table({{"N", cli::Side::left, 4}}, {{"ééééééé"}}), "N\nééé…\n");
}

TEST(Table, AStrangersEscapeSequenceReachesNoTerminal) { EXPECT_EQ(cli::printable("a\x1B[2Jb"), "a·[2Jb"); }

TEST(Table, BidirectionalOverridesAreShownAsDots) { EXPECT_EQ(cli::printable("a\u202Eb"), "a·b"); }

}  // namespace
