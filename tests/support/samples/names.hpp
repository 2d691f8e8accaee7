// Times, ids and hashes that the samples have in common.
#pragma once

#include "support/samples.hpp"

namespace bbstream::test::sample {

inline constexpr micros noon = 1'787'565'600'000'000;  // 2026-08-24T10:00:00Z
inline constexpr micros minute = 60'000'000;

inline constexpr std::string_view ledger = "3deb8c29-778a-450c-8f69-3e50a18079df";
inline constexpr std::string_view first_sha = "1111111111111111111111111111111111111111";
inline constexpr std::string_view second_sha = "2222222222222222222222222222222222222222";
inline constexpr std::string_view third_sha = "3333333333333333333333333333333333333333";
inline constexpr std::string_view no_sha = "0000000000000000000000000000000000000000";
inline constexpr std::string_view run_id = "9f8b1f0e-6a1d-4a55-8f52-0d1c7c6b5a41";
inline constexpr std::string_view step_id = "4c1a9c1e-2f7b-4c0f-9a77-5e1f3d2b6c42";
inline constexpr std::string_view body_sha256 = "0eff4a4d815d9c2ab1f7bdce6d2ba287e8232aefd35e522ee1f8abb2a3d8a690";

inline event::hash hash_of(std::string_view sha)
{
    return {sha, sha.substr(0, 12)};
}

}  // namespace bbstream::test::sample
