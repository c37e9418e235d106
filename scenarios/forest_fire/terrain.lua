-- terrain.lua -- makes the synthetic ground of the forest fire drill: dem.asc and fuel.asc.
--
--   lua5.4 scenarios/forest_fire/terrain.lua scenarios/forest_fire
--
-- Nothing here is surveyed. The shape follows what is known of the district (valleys at 340 to 380 m, a
-- ridge running north-east to south-west, forested low hills among terraced fields) and the positions of
-- scenario.lua; every height and every fuel is invented. A real elevation model and a real fuel map in
-- the same form (400 x 400 cells of 30 m, ESRI ASCII grid) can take the place of both files.
--
-- Same bytes everywhere: only + - * /, sqrt and floor of doubles, and a noise of our own.

local COLS, ROWS, CELL = 400, 400, 30
local folder = arg and arg[1] or "."

-- --- noise: hashed lattice, smoothly interpolated ---

local function hash(ix, iy, seed)
    local h = (ix * 374761393 + iy * 668265263 + seed * 2246822519) & 0xffffffff
    h = ((h ~ (h >> 13)) * 1274126177) & 0xffffffff
    h = (h ~ (h >> 16)) & 0xffffffff
    return h % 65536 / 65536
end

local function length(dx, dy) return math.sqrt(dx * dx + dy * dy) end

local function smooth(t) return t * t * (3 - 2 * t) end

local function noise(x, y, size, seed)
    local u, v = x / size, y / size
    local ix, iy = math.floor(u), math.floor(v)
    local fx, fy = smooth(u - ix), smooth(v - iy)
    local a, b = hash(ix, iy, seed), hash(ix + 1, iy, seed)
    local c, d = hash(ix, iy + 1, seed), hash(ix + 1, iy + 1, seed)
    local south, north = a + (b - a) * fx, c + (d - c) * fx
    return south + (north - south) * fy
end

-- --- distances to the lines the land is built on ---

-- Distance to a polyline, which side of it (1 left of its direction), and how far along (0..1).
local function from_line(line, x, y)
    local best, side, along = 1e18, 1, 0
    for i = 1, #line - 1 do
        local ax, ay, bx, by = line[i][1], line[i][2], line[i + 1][1], line[i + 1][2]
        local dx, dy = bx - ax, by - ay
        local t = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)
        if t < 0 then t = 0 elseif t > 1 then t = 1 end
        local px, py = x - ax - t * dx, y - ay - t * dy
        local d2 = px * px + py * py
        if d2 < best then
            best = d2
            side = dx * (y - ay) - dy * (x - ax) >= 0 and 1 or -1
            along = (i - 1 + t) / (#line - 1)
        end
    end
    return math.sqrt(best), side, along
end

local RIDGE = { { 2600, -900 }, { 5200, 1500 }, { 7200, 3000 }, { 9000, 4700 }, { 10800, 6000 }, { 13200, 8000 } }
local NORTH = { { -600, 7600 }, { 1500, 9800 }, { 3600, 12600 } }
local RIVER = { { 9200, 12600 }, { 7600, 9900 }, { 5600, 7700 }, { 4000, 5700 }, { 2500, 3700 }, { 900, 1800 }, { -400, 900 } }
local BROOK = { { 8300, 6300 }, { 6900, 6150 }, { 5600, 6500 }, { 4900, 6900 } }

-- Height of a range: 1 on the axis, 0 at the foot.
local function flank(d, foot)
    if d >= foot then return 0 end
    return smooth(1 - d / foot)
end

local function height(x, y)
    local d, side, along = from_line(RIDGE, x, y)
    local top = 250 + 90 * noise(x, y, 1500, 1) - 45 * (along > 0.5 and along - 0.5 or 0)
    local foot = side > 0 and 1750 or 2300 -- steeper towards the town
    local spurs = noise(x, y, 700, 2) - 0.5
    local ridge = top * flank(d * (1 + 0.55 * spurs), foot)
    local n = from_line(NORTH, x, y)
    local north = 150 * flank(n * (1 + 0.4 * (noise(x, y, 800, 3) - 0.5)), 1500)
    local r = from_line(RIVER, x, y)
    local b = from_line(BROOK, x, y)
    local valley = r < b + 150 and r or b + 150
    local open = valley < 900 and valley / 900 or 1 -- flat by the water
    local hills = noise(x, y, 900, 4) * 55 + noise(x, y, 380, 5) * 26
    local rough = (noise(x, y, 160, 6) - 0.5) * 12
    local base = 340 + 14 * (valley < 4000 and valley / 4000 or 1)
    local h = base + hills * smooth(open) + ridge + north + rough * (0.25 + 0.75 * smooth(open))
    if side < 0 and ridge < 30 then h = h - 10 end
    return h
end

-- --- what grows ---

-- 1 pine with undergrowth, 2 pine and cypress litter, 3 bamboo, 4 shrub, 5 tall grass, 6 dry land and stubble,
-- 7 paddy terraces, 8 built, 9 water. scenario.lua says which fuel model each is.

local BUILT = { -- centre, radius: the villages and the town of scenario.lua
    { 4200, 5250, 620 }, { 6350, 5200, 170 }, { 7150, 4450, 110 }, { 8950, 5450, 150 }, { 5650, 2750, 140 },
    { 6700, 4000, 70 }, { 8300, 4880, 60 }, { 6150, 3300, 80 }, { 10650, 7750, 380 }, { 9700, 2700, 130 },
    { 10700, 3700, 120 }, { 3000, 7300, 140 }, { 5600, 8600, 150 }, { 2200, 4600, 130 }, { 8400, 11300, 300 },
    { 1600, 7000, 110 }, { 7300, 7600, 120 }, { 4300, 2600, 120 }, { 9100, 8300, 130 }, { 5300, 5550, 150 },
}
local LAKES = { { 5450, 4150, 310, 150 }, { 9350, 7050, 170, 110 }, { 3300, 9100, 200, 120 }, { 10300, 2300, 190, 120 } }

local function in_water(x, y, mountain)
    local bend = 260 * (noise(x, y, 700, 18) - 0.5) -- the river winds
    if from_line(RIVER, x + bend, y - bend) < 26 then return true end
    for _, l in ipairs(LAKES) do
        local u, v = (x - l[1]) / l[3], (y - l[2]) / l[4]
        if u * u + v * v <= 1 + 0.5 * (noise(x, y, 120, 7) - 0.5) then return true end
    end
    if mountain then return false end
    -- farm ponds: one in some of the 450 m squares, 40 m across
    local ix, iy = math.floor(x / 450), math.floor(y / 450)
    local px = ix * 450 + 90 + 270 * hash(ix, iy, 8)
    local py = iy * 450 + 90 + 270 * hash(ix, iy, 9)
    return hash(ix, iy, 10) < 0.5 and length(x - px, y - py) < 42
end

local function in_village(x, y)
    for _, b in ipairs(BUILT) do
        local d = length(x - b[1], y - b[2])
        if d < b[3] * (0.75 + 0.5 * noise(x, y, 130, 11)) then return true, d end
    end
    return false
end

-- Fields around a village, so that houses do not stand in the forest.
local function near_village(x, y)
    for _, b in ipairs(BUILT) do
        local d = length(x - b[1], y - b[2])
        if d < b[3] * 1.25 + 70 + 90 * noise(x, y, 170, 12) then return true end
    end
    return false
end

local function fuel(x, y, h, steep)
    if in_village(x, y) then return 8 end
    local d, side = from_line(RIDGE, x, y)
    local wood = noise(x, y, 420, 13) * 0.6 + noise(x, y, 150, 14) * 0.4
    local patch = noise(x, y, 210, 15)
    local fields = noise(x, y, 260, 16)
    local mountain = d < (side > 0 and 1350 or 1700) + 300 * (noise(x, y, 500, 17) - 0.5)
    if in_water(x, y, mountain) then return 9 end
    if near_village(x, y) then
        if patch > 0.8 then return 3 end -- the bamboo grove behind the houses
        return fields > 0.5 and 7 or 6
    end
    if mountain then
        if d < 130 and patch > 0.45 then return 5 end -- grassy crest
        if wood > 0.69 then return 4 end
        if wood < 0.30 then return 5 end
        if steep < 0.12 and fields > 0.72 then return 6 end
        if patch > 0.82 then return 3 end
        return patch > 0.34 and 1 or 2
    end
    if h > 402 + 30 * (patch - 0.5) then -- the tops of the low hills
        if wood > 0.66 then return 4 end
        return patch > 0.7 and 3 or 2
    end
    if wood > 0.72 then return 3 end
    if wood < 0.24 then return 5 end
    return fields > 0.42 and 7 or 6
end

-- --- writing ---

local function write(name, value)
    local out = {
        "ncols " .. COLS, "nrows " .. ROWS, "xllcorner 0", "yllcorner 0", "cellsize " .. CELL, "NODATA_value -9999",
    }
    for row = 1, ROWS do
        local line = {}
        for col = 1, COLS do
            line[col] = string.format("%d", value(col, row))
        end
        out[#out + 1] = table.concat(line, " ")
    end
    local f = assert(io.open(folder .. "/" .. name, "wb"))
    f:write(table.concat(out, "\n"), "\n")
    f:close()
end

local function at(col, row) return (col - 0.5) * CELL, (ROWS - row + 0.5) * CELL end

local raw = {}
for row = 1, ROWS do
    raw[row] = {}
    for col = 1, COLS do
        local x, y = at(col, row)
        raw[row][col] = height(x, y)
    end
end

write("dem.asc", function(col, row) return math.floor(raw[row][col] + 0.5) end)

write("fuel.asc", function(col, row)
    local w, e = raw[row][col > 1 and col - 1 or col], raw[row][col < COLS and col + 1 or col]
    local n, s = raw[row > 1 and row - 1 or row][col], raw[row < ROWS and row + 1 or row][col]
    local steep = length(e - w, n - s) / (2 * CELL)
    local x, y = at(col, row)
    return fuel(x, y, raw[row][col], steep)
end)
