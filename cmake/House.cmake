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
  set(CMAKE_CXX_COMPILER_LAUNCHER ${VAGUEMESTRE_CCACHE})
endif()
find_package(Threads REQUIRED)

add_library(house INTERFACE)
target_compile_options(house INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -g1)
target_include_directories(house INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(house INTERFACE VAGUEMESTRE_MODELS_DIR="${PROJECT_SOURCE_DIR}/models")

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
  target_link_libraries(${name} PRIVATE ${links} GTest::gmock GTest::gtest_main)
  # Tests name what matters. What they test is optimised in its room; themselves they are sooner compiled than run.
  target_compile_options(${name} PRIVATE -Wno-missing-field-initializers -O0)
  target_compile_definitions(${name} PRIVATE VAGUEMESTRE_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                             VAGUEMESTRE_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  # Daemons that are killed must be back in time: nothing else runs beside them.
  string(COMPARE EQUAL ${name} test_e2e alone)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 600 RUN_SERIAL ${alone})
endfunction()
