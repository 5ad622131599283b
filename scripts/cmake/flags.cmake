# The flag set of the house: tried against every foreign header we include.
add_library(house_flags INTERFACE)
target_compile_options(house_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  -Wcast-qual -Wcast-align -Wformat=2 -Wwrite-strings -Wpointer-arith
  -Wstrict-prototypes -Wold-style-definition -Wmissing-prototypes -Wundef
  -Wvla -Wimplicit-fallthrough -Wnull-dereference -Wdouble-promotion
  -Wswitch-enum
  $<$<C_COMPILER_ID:GNU>:-Wlogical-op>
  $<$<C_COMPILER_ID:GNU>:-Wduplicated-cond>
  $<$<C_COMPILER_ID:GNU>:-Wduplicated-branches>
  $<$<C_COMPILER_ID:GNU>:-Wjump-misses-init>
  $<$<C_COMPILER_ID:Clang>:-Wcomma>
  $<$<C_COMPILER_ID:Clang>:-Wextra-semi-stmt>
  -fstack-protector-strong -fstack-clash-protection)
if(STRICT)
  target_compile_options(house_flags INTERFACE -Werror)
endif()
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(house_flags INTERFACE -fcf-protection)
endif()
if(SANITIZE)
  target_compile_options(house_flags INTERFACE
    -fsanitize=${SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(house_flags INTERFACE -fsanitize=${SANITIZE})
else()
  target_compile_definitions(house_flags INTERFACE _FORTIFY_SOURCE=2)
endif()
target_link_options(house_flags INTERFACE -Wl,-z,relro -Wl,-z,now
                    -Wl,--as-needed)
