# Registers the scheme of the record system's links, which electron-builder does for Linux and macOS alone. Compiled with
# makensis; NOT YET RUN ON WINDOWS.
# Source: Microsoft, "Registering an Application to a URI Scheme"; electron-builder, "NSIS", custom scripts.

!define LINK_SCHEME_KEY "Software\Classes\cpis-viewer"
# Both in quotes: a link must not be taken for two arguments, nor the folder for a program called C:\Program.
!define LINK_COMMAND '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'

!macro customInstall
  WriteRegStr HKLM "${LINK_SCHEME_KEY}" "" "URL:CP-IS Viewer link"
  WriteRegStr HKLM "${LINK_SCHEME_KEY}" "URL Protocol" ""
  WriteRegStr HKLM "${LINK_SCHEME_KEY}\DefaultIcon" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}",0'
  WriteRegStr HKLM "${LINK_SCHEME_KEY}\shell\open\command" "" '${LINK_COMMAND}'
!macroend

!macro customUnInstall
  # Only where it still leads here: another package may have taken it over.
  Push $0
  ReadRegStr $0 HKLM "${LINK_SCHEME_KEY}\shell\open\command" ""
  ${if} $0 == '${LINK_COMMAND}'
    DeleteRegKey HKLM "${LINK_SCHEME_KEY}"
  ${endIf}
  Pop $0
!macroend
