// In the place of libFuzzer: every file of the directories that are named, once.
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size);

int main(int count, char** arguments)
{
    std::size_t inputs = 0;
    for (int at = 1; at < count; ++at)
        for (auto const& each : std::filesystem::directory_iterator(arguments[at])) {
            std::ifstream file(each.path(), std::ios::binary);
            std::string const input((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
            std::printf("%s\n", each.path().c_str());
            std::fflush(stdout);
            LLVMFuzzerTestOneInput(reinterpret_cast<unsigned char const*>(input.data()), input.size());
            ++inputs;
        }
    std::printf("%zu inputs\n", inputs);
    return inputs == 0 ? 1 : 0;
}
