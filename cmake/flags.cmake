# Compiler flags that every target shares, as the interface library zhol_flags.
add_library(zhol_flags INTERFACE)
target_compile_definitions(zhol_flags INTERFACE _POSIX_C_SOURCE=200809L)
# Results must be the same bytes on gcc and clang, on every machine: no contraction, no fast-math.
target_compile_options(zhol_flags INTERFACE
    -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Werror
    -ffp-contract=off -fno-math-errno)
target_include_directories(zhol_flags INTERFACE
    ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)

# Warnings that gcc gives or not depending on instrumentation are left to the release build.
if((ZHOL_SANITIZE OR ZHOL_TSAN) AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
    target_compile_options(zhol_flags INTERFACE -Wno-format-truncation -Wno-maybe-uninitialized
        -Wno-stringop-overflow -Wno-array-bounds -Wno-restrict)
endif()
if(ZHOL_SANITIZE)
    target_compile_options(zhol_flags INTERFACE -fsanitize=address,undefined
        -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(zhol_flags INTERFACE -fsanitize=address,undefined)
endif()
if(ZHOL_TSAN)
    target_compile_options(zhol_flags INTERFACE -fsanitize=thread)
    target_link_options(zhol_flags INTERFACE -fsanitize=thread)
endif()
if(ZHOL_COVERAGE)
    target_compile_options(zhol_flags INTERFACE --coverage -O0)
    target_link_options(zhol_flags INTERFACE --coverage)
endif()
if(ZHOL_FUZZ)
    target_compile_options(zhol_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined
        -fno-sanitize-recover=all)
    target_link_options(zhol_flags INTERFACE -fsanitize=address,undefined)
endif()
