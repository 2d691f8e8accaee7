#include "backfill/api.hpp"

#include "backfill/cloud_api.hpp"
#include "backfill/datacenter_api.hpp"

namespace bbstream::backfill {

std::unique_ptr<api> make_api(config::instance const& of)
{
    if (of.platform == product::cloud)
        return std::make_unique<cloud_api>(of);
    return std::make_unique<datacenter_api>(of);
}

}  // namespace bbstream::backfill
