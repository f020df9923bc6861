# How a room of the house is built: one call a folder.
option(VAGUEMESTRE_TESTS "Build the tests" ON)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
find_program(VAGUEMESTRE_CCACHE ccache)
if(VAGUEMESTRE_CCACHE)
  # Without this it caches nothing that sees a precompiled header. The house writes no __TIME__.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${VAGUEMESTRE_CCACHE})
endif()
find_package(Threads REQUIRED)

add_library(house INTERFACE)
target_compile_options(house INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -g1)
target_include_directories(house INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(house INTERFACE VAGUEMESTRE_MODELS_DIR="${PROJECT_SOURCE_DIR}/models")
target_compile_options(house INTERFACE -pthread)  # some libraries ask for it, and all must see the same headers
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  target_compile_options(house INTERFACE -fpch-preprocess)  # ccache asks for it
endif()

# What a test is compiled with. Tests name what matters. What they test is optimised in its room; themselves they are
# sooner compiled than run.
add_library(house_test INTERFACE)
target_link_libraries(house_test INTERFACE house GTest::gmock GTest::gtest_main)
target_compile_options(house_test INTERFACE -Wno-missing-field-initializers -O0)
target_compile_definitions(house_test INTERFACE VAGUEMESTRE_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                           VAGUEMESTRE_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")

# What nearly every file includes is parsed once for all rooms, and once more with GoogleTest for all tests: a cold build
# takes a quarter less. Every file still includes what it names (clang-tidy sees it without these).
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/headers/nothing.cpp CONTENT "")
set(VAGUEMESTRE_HEADERS <algorithm> <array> <chrono> <cmath> <filesystem> <fstream> <functional> <map> <memory>
                        <optional> <set> <span> <sstream> <string> <string_view> <tl/expected.hpp> <utility>
                        <variant> <vector>)
add_library(room_headers OBJECT ${CMAKE_BINARY_DIR}/headers/nothing.cpp)
target_link_libraries(room_headers PRIVATE house)
target_precompile_headers(room_headers PRIVATE ${VAGUEMESTRE_HEADERS})
if(VAGUEMESTRE_TESTS)
  add_library(test_headers OBJECT ${CMAKE_BINARY_DIR}/headers/nothing.cpp)
  target_link_libraries(test_headers PRIVATE house_test)
  target_precompile_headers(test_headers PRIVATE ${VAGUEMESTRE_HEADERS} <gmock/gmock.h> <gtest/gtest.h>)
endif()

# vaguemestre_module(NAME [LINKS ...] [LIBRARIES ...])
#   Every .cpp of the folder and of its own folders but *main.cpp, as the static library NAME.
#   LINKS: rooms and libraries whose headers NAME's headers show. LIBRARIES: seen by its .cpp files only.
function(vaguemestre_module name)
  cmake_parse_arguments(ROOM "" "" "LINKS;LIBRARIES;EXTRA_SOURCES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "main\\.cpp$")
  if(NOT sources AND NOT ROOM_EXTRA_SOURCES)
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE house ${ROOM_LINKS} ${ROOM_LIBRARIES})
    return()
  endif()
  add_library(${name} STATIC ${sources} ${ROOM_EXTRA_SOURCES})
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_precompile_headers(${name} REUSE_FROM room_headers)
  target_link_libraries(${name} PUBLIC house ${ROOM_LINKS} PRIVATE ${ROOM_LIBRARIES})
endfunction()

# vaguemestre_program(NAME MAIN main.cpp LINKS ...). The target `programs` makes them all, and no test.
add_custom_target(programs)
function(vaguemestre_program name)
  cmake_parse_arguments(PROGRAM "" "MAIN" "LINKS" ${ARGN})
  add_executable(${name} ${PROGRAM_MAIN})
  target_link_libraries(${name} PRIVATE ${PROGRAM_LINKS})
  add_dependencies(programs ${name})
endfunction()

# vaguemestre_tests(FOLDER LINKS ...): every tests/FOLDER/*.cpp as the executable test_FOLDER.
function(vaguemestre_tests folder)
  cmake_parse_arguments(TESTS "" "" "LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp)
  if(sources)
    vaguemestre_test_program(test_${folder} "${sources}" "${TESTS_LINKS}")
  endif()
endfunction()

# vaguemestre_test(NAME_test.cpp LINKS ...): one test file as an executable of its own.
function(vaguemestre_test file)
  cmake_parse_arguments(TEST "" "" "LINKS" ${ARGN})
  get_filename_component(name ${file} NAME_WE)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    vaguemestre_test_program(${name} ${file} "${TEST_LINKS}")
  endif()
endfunction()

function(vaguemestre_test_program name sources links)
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE ${links} house_test)
  target_precompile_headers(${name} REUSE_FROM test_headers)
  # Daemons that are killed must be back in time: nothing else runs beside them.
  string(COMPARE EQUAL ${name} test_e2e alone)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 600 RUN_SERIAL ${alone})
endfunction()
