# cmake -D FROM=file -D TO=file.cpp -D HEADER=x.hpp -D NAME=a::b -P embed_text.cmake: the file's text as a string_view.
file(READ "${FROM}" text)
file(WRITE "${TO}" "#include \"${HEADER}\"\n\nstd::string_view const ${NAME} = R\"__(${text})__\";\n")
