# Files that the programs carry inside: schema/NNN_*.sql (target `schema`) and
# the built web app (target `assets`). Each becomes a table in a generated
# source; the tools that write them are scripts/embed-*.
find_program(PYTHON python3 REQUIRED)

file(GLOB schema_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/schema/*.sql)
set(schema_source ${PROJECT_BINARY_DIR}/embedded/schema_embedded.c)
add_custom_command(OUTPUT ${schema_source}
  COMMAND ${PYTHON} ${PROJECT_SOURCE_DIR}/scripts/embed ${schema_source}
          embedded_schema ${schema_files}
  DEPENDS ${schema_files} ${PROJECT_SOURCE_DIR}/scripts/embed VERBATIM)
add_library(schema STATIC ${schema_source})
target_link_libraries(schema PUBLIC base)

# scripts/build runs esbuild first; without it the program serves the API only.
file(GLOB_RECURSE asset_files CONFIGURE_DEPENDS
     ${PROJECT_SOURCE_DIR}/registry/ui/dist/*)
set(assets_source ${PROJECT_BINARY_DIR}/embedded/assets_embedded.c)
add_custom_command(OUTPUT ${assets_source}
  COMMAND ${PYTHON} ${PROJECT_SOURCE_DIR}/scripts/embed
          --root ${PROJECT_SOURCE_DIR}/registry/ui/dist ${assets_source}
          embedded_assets ${asset_files}
  DEPENDS ${asset_files} ${PROJECT_SOURCE_DIR}/scripts/embed VERBATIM)
add_library(assets STATIC ${assets_source})
target_link_libraries(assets PUBLIC base)
