#!/bin/sh
# Makes dist/glmocr-desktop-VERSION-macos-ARCH.zip of the built program, signed and notarised where there is an account.
#
# The account comes from the environment, and from nowhere else:
#   CODESIGN_IDENTITY     the name of a "Developer ID Application" certificate in the keychain
#   NOTARY_APPLE_ID, NOTARY_TEAM_ID, NOTARY_PASSWORD    an Apple account with an app-specific password
# Without an identity the program keeps PyInstaller's ad hoc signature: it runs, but macOS asks before its first start.
set -eu
cd "$(dirname "$0")/../.."
app="dist/GLM-OCR Desktop.app"
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' glmocr_desktop/__init__.py)
archive=dist/glmocr-desktop-$version-macos-$(uname -m).zip

[ -d "$app" ] || {
    echo "There is no $app. Run python packaging/build.py first." >&2
    exit 1
}

if [ -n "${CODESIGN_IDENTITY:-}" ]; then
    entitlements=packaging/macos/entitlements.plist
    # From the inside to the outside, so that no signature is made of something that still changes.
    find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' -o -perm -100 \) -print0 |
        xargs -0 codesign --force --timestamp --options runtime --entitlements "$entitlements" --sign "$CODESIGN_IDENTITY"
    codesign --force --timestamp --options runtime --entitlements "$entitlements" --sign "$CODESIGN_IDENTITY" "$app"
fi
codesign --verify --deep --strict "$app"

rm -f "$archive"
# zip would lose the links and the attributes that the signature covers.
ditto -c -k --keepParent --sequesterRsrc "$app" "$archive"

if [ -n "${CODESIGN_IDENTITY:-}" ] && [ -n "${NOTARY_PASSWORD:-}" ]; then
    xcrun notarytool submit "$archive" --wait --timeout 30m \
        --apple-id "$NOTARY_APPLE_ID" --team-id "$NOTARY_TEAM_ID" --password "$NOTARY_PASSWORD"
    xcrun stapler staple "$app"
    spctl --assess --type execute --verbose "$app"
    rm -f "$archive"
    ditto -c -k --keepParent --sequesterRsrc "$app" "$archive" # now with the ticket in it
fi
echo "$archive"
